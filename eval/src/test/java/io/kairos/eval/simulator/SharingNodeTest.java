/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kairos.workloads.model.Job;
import io.kairos.workloads.model.JobClass;
import io.kairos.workloads.model.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Processor sharing against a model that lets time pass from change to change. */
class SharingNodeTest {
    private static final double SECOND = 1e9;

    private record Demand(double arrival, double seconds) {}

    @RepeatedTest(30)
    void tasksEndWhenTheySharedTheSlotsForLongEnough(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        int slots = random.nextInt(1, 4);
        List<Demand> demands = new ArrayList<>();
        double time = 0;
        for (int task = 0; task < 60; task++) {
            time += random.nextInt(3) == 0 ? 0 : random.nextDouble(4);
            demands.add(new Demand(time, random.nextDouble(0.1, 8)));
        }
        Map<Integer, Double> ends = simulated(demands, slots);
        double[] expected = expected(demands, slots);
        for (int task = 0; task < demands.size(); task++) {
            assertThat(ends.get(task)).isCloseTo(expected[task], within(1e-5));
        }
    }

    private static Map<Integer, Double> simulated(List<Demand> demands, int slots) {
        Simulation simulation = new Simulation();
        Map<SimulatedTask, Integer> numbers = new HashMap<>();
        Map<Integer, Double> ends = new HashMap<>();
        SimulationSettings settings = new SimulationSettings(1, slots, 0, 50, 0, 0, 0, 5, 0, false);
        SharingNode node = new SharingNode(
                0, new NodeGroup(1, slots, 1), new Run(simulation, settings, 1, new Journal(simulation, 1, null)));
        TaskOwner owner = new TaskOwner() {
            @Override
            public void ended(SimulatedTask task) {
                ends.put(numbers.getOrDefault(task, -1), simulation.now() / SECOND);
            }

            @Override
            public void lost(SimulatedTask task) {
                throw new AssertionError(task + " is lost");
            }
        };
        for (Demand demand : demands) {
            Job job = new Job(1, "job", 0, JobClass.SHORT, List.of(Stage.of(demand.seconds())));
            SimulatedJob simulated = new SimulatedJob(job, 0, 1, false, 1);
            SimulatedTask task = new SimulatedTask(simulated, node, owner, simulated.nextTask(), numbers.size());
            numbers.put(task, numbers.size());
            simulation.at(Math.round(demand.arrival() * SECOND), new Event() {
                @Override
                void happen() {
                    node.arrive(task);
                }
            });
        }
        simulation.run();
        return ends;
    }

    private static double[] expected(List<Demand> demands, int slots) {
        double[] left = demands.stream().mapToDouble(Demand::seconds).toArray();
        double[] ends = new double[left.length];
        List<Integer> present = new ArrayList<>();
        double now = 0;
        int next = 0;
        while (next < left.length || !present.isEmpty()) {
            double rate = Math.min(1, slots / (double) Math.max(1, present.size()));
            double nextArrival = next < left.length ? demands.get(next).arrival() : Double.POSITIVE_INFINITY;
            double nextEnd = Double.POSITIVE_INFINITY;
            for (int task : present) {
                nextEnd = Math.min(nextEnd, now + left[task] / rate);
            }
            double until = Math.min(nextArrival, nextEnd);
            for (int task : present) {
                left[task] -= (until - now) * rate;
            }
            now = until;
            if (nextArrival <= nextEnd) {
                present.add(next++);
            } else {
                double moment = now;
                present.removeIf(task -> {
                    boolean ended = left[task] < 1e-9;
                    ends[task] = ended ? moment : ends[task];
                    return ended;
                });
            }
        }
        return ends;
    }
}
