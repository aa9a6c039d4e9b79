/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark.star;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Queries that join the same dimensions and add up the same amounts. */
enum Flight {
    Q1("lo_extendedprice * lo_discount", Dimension.DATES) {
        @Override
        long amount(Order order) {
            return order.discounted();
        }
    },
    Q2("lo_revenue", Dimension.DATES, Dimension.PART, Dimension.SUPPLIER) {
        @Override
        long amount(Order order) {
            return order.revenue();
        }
    },
    Q3("lo_revenue", Dimension.DATES, Dimension.CUSTOMER, Dimension.SUPPLIER) {
        @Override
        long amount(Order order) {
            return order.revenue();
        }
    },
    Q4("lo_revenue - lo_supplycost", Dimension.values()) {
        @Override
        long amount(Order order) {
            return order.profit();
        }
    };

    /** A table that lineorder refers to. */
    private enum Dimension {
        DATES("dates", "lo_orderdate = d_datekey"),
        CUSTOMER("customer", "lo_custkey = c_custkey"),
        SUPPLIER("supplier", "lo_suppkey = s_suppkey"),
        PART("part", "lo_partkey = p_partkey");

        private final String join;

        Dimension(String table, String condition) {
            this.join = " join " + table + " on " + condition;
        }
    }

    private final String amount;
    private final String from;

    Flight(String amount, Dimension... dimensions) {
        this.amount = amount;
        this.from = Arrays.stream(dimensions)
                .map(dimension -> dimension.join)
                .collect(Collectors.joining("", "lineorder", ""));
    }

    abstract long amount(Order order);

    /** A query without a match has a row with 0 if it has no groups. */
    String sum() {
        return "coalesce(sum(" + amount + "), 0)";
    }

    /** The tables and how they are joined. */
    String from() {
        return from;
    }
}
