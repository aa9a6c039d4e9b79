/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.server.resourcemanager.RMContext;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMApp;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMAppState;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.attempt.RMAppAttempt;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.attempt.RMAppAttemptMetrics;
import org.apache.hadoop.yarn.util.Records;
import org.jspecify.annotations.Nullable;

/** What a scheduler asks the ResourceManager about an application whose master runs outside of the cluster. */
final class StubApplication {
    private StubApplication() {}

    static RMApp running(ApplicationAttemptId id, String user, String queue, RMContext context) {
        ApplicationSubmissionContext submission = Records.newRecord(ApplicationSubmissionContext.class);
        submission.setApplicationId(id.getApplicationId());
        submission.setQueue(queue);
        submission.setUnmanagedAM(true);
        RMAppAttempt attempt = stub(
                RMAppAttempt.class,
                Map.of(
                        "getAppAttemptId", id,
                        "getRMAppAttemptMetrics", new RMAppAttemptMetrics(id, context),
                        "getSubmissionContext", submission));
        ApplicationId application = id.getApplicationId();
        return stub(
                RMApp.class,
                Map.of(
                        "getApplicationId", application,
                        "getUser", user,
                        "getQueue", queue,
                        "getState", RMAppState.RUNNING,
                        "getApplicationSubmissionContext", submission,
                        "getCurrentAppAttempt", attempt,
                        "getApplicationSchedulingEnvs", new ConcurrentHashMap<String, String>()));
    }

    /** Answers what it knows; everything else with nothing. */
    private static <T> T stub(Class<T> type, Map<String, Object> answers) {
        InvocationHandler handler = (proxy, method, arguments) -> answers.getOrDefault(method.getName(), none(method));
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object none(Method method) {
        Class<?> type = method.getReturnType();
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        if (type == float.class) {
            return 0f;
        }
        return null;
    }
}
