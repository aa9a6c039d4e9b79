/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation.AuthenticationMethod;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.junit.jupiter.api.Test;

/** Who may report of a node, by name. Node a1.example.org has the other name a1 and shares no address with b1. */
class ReporterCheckTest {
    private static final NodeId NODE = NodeId.newInstance("a1.example.org", 8041);
    private static final ReporterCheck EACH_ITS_OWN =
            ReporterCheck.secure("nm/_HOST@EXAMPLE.ORG", ReporterCheckTest::addresses);

    @Test
    void aNodeManagerReportsOfItsOwnHost() {
        assertAccepted(EACH_ITS_OWN, "nm/a1.example.org@EXAMPLE.ORG");
        assertAccepted(EACH_ITS_OWN, "nm/A1.Example.org@EXAMPLE.ORG");
        assertAccepted(EACH_ITS_OWN, "nm/a1@EXAMPLE.ORG");
    }

    @Test
    void nobodyElseDoesAndOneLineSaysWhoIsExpected() {
        assertRefused(EACH_ITS_OWN, "nm/b1.example.org@EXAMPLE.ORG");
        assertRefused(EACH_ITS_OWN, "nm/nowhere@EXAMPLE.ORG");
        assertRefused(EACH_ITS_OWN, "nm/@EXAMPLE.ORG");
        assertRefused(EACH_ITS_OWN, "nm/a1.example.org@ELSEWHERE.ORG");
        assertRefused(EACH_ITS_OWN, "nm@EXAMPLE.ORG");
        assertRefused(EACH_ITS_OWN, "dn/a1.example.org@EXAMPLE.ORG");
        assertRefused(EACH_ITS_OWN, "xnm/a1.example.org@EXAMPLE.ORG");
        assertRefused(EACH_ITS_OWN, "alice@EXAMPLE.ORG");
    }

    @Test
    void whereAllNodeManagersAreCalledTheSameEachIsBelieved() {
        ReporterCheck check = ReporterCheck.secure("nm@EXAMPLE.ORG", ReporterCheckTest::addresses);
        assertAccepted(check, "nm@EXAMPLE.ORG");
        assertThatThrownBy(() -> check.check(NODE, "alice@EXAMPLE.ORG", AuthenticationMethod.KERBEROS))
                .hasMessage("alice@EXAMPLE.ORG may not report of node a1.example.org:8041: expected nm@EXAMPLE.ORG");
    }

    @Test
    void theNameAloneIsNotEnough() {
        for (AuthenticationMethod method :
                new AuthenticationMethod[] {AuthenticationMethod.SIMPLE, AuthenticationMethod.PROXY}) {
            assertThatThrownBy(() -> EACH_ITS_OWN.check(NODE, "nm/a1.example.org@EXAMPLE.ORG", method))
                    .isInstanceOf(AccessControlException.class);
        }
        assertThatThrownBy(() -> EACH_ITS_OWN.check(NODE, null))
                .isInstanceOf(AccessControlException.class)
                .hasMessageStartingWith("nobody may not report");
    }

    @Test
    void withoutKerberosEveryoneIsBelieved() {
        ReporterCheck check = ReporterCheck.of(new Configuration(false));
        assertThatCode(() -> check.check(NODE, null)).doesNotThrowAnyException();
        assertThatCode(() -> check.check(NODE, "alice", AuthenticationMethod.SIMPLE))
                .doesNotThrowAnyException();
    }

    private static void assertAccepted(ReporterCheck check, String name) {
        assertThatCode(() -> check.check(NODE, name, AuthenticationMethod.KERBEROS))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(ReporterCheck check, String name) {
        assertThatThrownBy(() -> check.check(NODE, name, AuthenticationMethod.KERBEROS))
                .isInstanceOf(AccessControlException.class)
                .hasMessage(
                        name + " may not report of node a1.example.org:8041: expected nm/a1.example.org@EXAMPLE.ORG");
    }

    private static InetAddress[] addresses(String host) throws UnknownHostException {
        return switch (host) {
            case "a1", "a1.example.org" ->
                new InetAddress[] {
                    InetAddress.getByAddress(new byte[] {10, 0, 0, 1}),
                    InetAddress.getByAddress(new byte[] {10, 1, 0, 1})
                };
            case "b1.example.org" -> new InetAddress[] {InetAddress.getByAddress(new byte[] {10, 0, 0, 2})};
            default -> throw new UnknownHostException(host);
        };
    }
}
