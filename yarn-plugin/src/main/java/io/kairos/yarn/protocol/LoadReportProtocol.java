/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.protocol;

import java.io.IOException;
import org.apache.hadoop.ipc.ProtocolInfo;
import org.apache.hadoop.security.KerberosInfo;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * The one call a NodeManager makes to the active ResourceManager.
 *
 * <p>It runs on Hadoop IPC, so that a secure cluster authenticates it like any other daemon's call, and on the engine for
 * Writables: ProtobufRpcEngine2 wants classes generated against Hadoop's own relocated protobuf, that is, a code generator in the
 * build for one message of a dozen numbers. The engine is marked deprecated, yet it is in every release from 2.x to 3.5; only
 * {@link LoadReportRpc} names it, and the messages carry a version of their own, so it can be exchanged in one place.
 */
@KerberosInfo(serverPrincipal = YarnConfiguration.RM_PRINCIPAL, clientPrincipal = YarnConfiguration.NM_PRINCIPAL)
@ProtocolInfo(protocolName = "io.kairos.yarn.protocol.LoadReportProtocol", protocolVersion = LoadReportProtocol.VERSION)
public interface LoadReportProtocol {
    /** Changes when a call changes; the content of the messages has its own version. */
    long VERSION = 1;

    ReplyMessage report(ReportMessage report) throws IOException;
}
