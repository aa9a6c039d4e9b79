/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import java.io.Closeable;
import java.io.IOException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.yarn.api.ApplicationMasterProtocol;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateRequest;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateResponse;
import org.apache.hadoop.yarn.api.protocolrecords.FinishApplicationMasterRequest;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterRequest;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.client.ClientRMProxy;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.security.AMRMTokenIdentifier;

/**
 * The conversation of one application master with the ResourceManager, at the level of the protocol. YARN's own AMRM
 * client repeats absolute numbers of wanted containers with each change, which asks for too many whenever some are on
 * their way; here an ask is sent once and the ResourceManager counts it down. Not thread-safe.
 */
final class MasterSession implements Closeable {

    private final Configuration conf;
    private final UserGroupInformation user;
    private final ApplicationMasterProtocol resourceManager;
    private int responseId;

    private MasterSession(Configuration conf, UserGroupInformation user, ApplicationMasterProtocol resourceManager) {
        this.conf = conf;
        this.user = user;
        this.resourceManager = resourceManager;
    }

    /** Connects and registers as the user, who holds the application's token. */
    static MasterSession register(Configuration conf, UserGroupInformation user) throws IOException, YarnException {
        MasterSession session = new MasterSession(conf, user, connect(conf, user));
        try {
            session.register();
        } catch (IOException | YarnException e) {
            session.close();
            throw e;
        }
        return session;
    }

    /** Registers again, as a ResourceManager that was restarted asks for. */
    void register() throws IOException, YarnException {
        resourceManager.registerApplicationMaster(RegisterApplicationMasterRequest.newInstance("", -1, ""));
        responseId = 0;
    }

    AllocateResponse allocate(List<ResourceRequest> asks, List<ContainerId> releases, float progress)
            throws IOException, YarnException {
        AllocateResponse response = resourceManager.allocate(AllocateRequest.newBuilder()
                .responseId(responseId)
                .progress(progress)
                .askList(asks)
                .releaseList(releases)
                .build());
        responseId = response.getResponseId();
        if (response.getAMRMToken() != null) {
            renew(response.getAMRMToken());
        }
        return response;
    }

    /** Tells the end; true once the ResourceManager has noted it, to be repeated until then. */
    boolean unregister(FinalApplicationStatus status, String diagnostics) throws IOException, YarnException {
        return resourceManager
                .finishApplicationMaster(FinishApplicationMasterRequest.newInstance(status, diagnostics, ""))
                .getIsUnregistered();
    }

    @Override
    public void close() {
        RPC.stopProxy(resourceManager);
    }

    private static ApplicationMasterProtocol connect(Configuration conf, UserGroupInformation user) throws IOException {
        try {
            return user.doAs((PrivilegedExceptionAction<ApplicationMasterProtocol>)
                    () -> ClientRMProxy.createRMProxy(conf, ApplicationMasterProtocol.class));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while connecting to the ResourceManager", e);
        }
    }

    private void renew(org.apache.hadoop.yarn.api.records.Token token) throws IOException {
        Token<AMRMTokenIdentifier> renewed = new Token<>(
                token.getIdentifier().array(),
                token.getPassword().array(),
                new Text(token.getKind()),
                new Text(token.getService()));
        renewed.setService(ClientRMProxy.getAMRMTokenService(conf));
        user.addToken(renewed);
    }
}
