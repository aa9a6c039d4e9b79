/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark.star;

import static io.kairos.workloads.spark.star.Grouping.ALL;
import static io.kairos.workloads.spark.star.Grouping.CITIES_YEAR;
import static io.kairos.workloads.spark.star.Grouping.NATIONS_YEAR;
import static io.kairos.workloads.spark.star.Grouping.YEAR_BRAND;
import static io.kairos.workloads.spark.star.Grouping.YEAR_CUSTOMER_NATION;
import static io.kairos.workloads.spark.star.Grouping.YEAR_SUPPLIER_CITY_BRAND;
import static io.kairos.workloads.spark.star.Grouping.YEAR_SUPPLIER_NATION_CATEGORY;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The queries: a filter and a sum with one join (Q1), groups with joins of three dimensions (Q2, Q3) and of four (Q4); within
 * each flight the filters become narrower. Each is said twice, as SQL and in plain Java.
 */
@SuppressWarnings("ImmutableEnumChecker") // The filters are lambdas without state.
public enum StarQuery {
    Q1_1(
            ALL,
            "d_year = 1994 and lo_discount between 2 and 4 and lo_quantity < 20",
            order -> order.year() == 1994 && within(2, order.discount(), 4) && order.quantity() < 20),
    Q1_2(
            ALL,
            "d_yearmonth = 199503 and lo_discount between 5 and 7 and lo_quantity between 21 and 40",
            order -> order.yearMonth() == 199503 && within(5, order.discount(), 7) && within(21, order.quantity(), 40)),
    Q1_3(
            ALL,
            "d_week = 11 and d_year = 1996 and lo_discount between 4 and 8 and lo_quantity between 31 and 45",
            order -> order.week() == 11
                    && order.year() == 1996
                    && within(4, order.discount(), 8)
                    && within(31, order.quantity(), 45)),
    Q2_1(
            YEAR_BRAND,
            "p_category = 'category-7' and s_region = 'region-1'",
            order -> order.category() == 7 && order.supplierRegion() == 1),
    Q2_2(
            YEAR_BRAND,
            "p_brand between 'brand-320' and 'brand-327' and s_region = 'region-2'",
            order -> within(320, order.brand(), 327) && order.supplierRegion() == 2),
    Q2_3(
            YEAR_BRAND,
            "p_brand = 'brand-731' and s_region = 'region-3'",
            order -> order.brand() == 731 && order.supplierRegion() == 3),
    Q3_1(
            NATIONS_YEAR,
            "c_region = 'region-4' and s_region = 'region-4' and d_year between 1993 and 1997",
            order -> order.customerRegion() == 4 && order.supplierRegion() == 4 && within(1993, order.year(), 1997)),
    Q3_2(
            CITIES_YEAR,
            "c_nation = 'nation-12' and s_nation = 'nation-12' and d_year between 1993 and 1997",
            order -> order.customerNation() == 12 && order.supplierNation() == 12 && within(1993, order.year(), 1997)),
    Q3_3(
            CITIES_YEAR,
            "c_city in ('city-31', 'city-32', 'city-33') and s_city in ('city-31', 'city-32', 'city-33')",
            order -> within(31, order.customerCity(), 33) && within(31, order.supplierCity(), 33)),
    Q3_4(
            CITIES_YEAR,
            "c_nation = 'nation-3' and s_nation = 'nation-3' and d_month in (11, 12)",
            order -> order.customerNation() == 3 && order.supplierNation() == 3 && order.month() > 10),
    Q4_1(
            YEAR_CUSTOMER_NATION,
            "c_region = 'region-0' and s_region = 'region-0' and p_mfgr in ('mfgr-1', 'mfgr-2')",
            order -> order.customerRegion() == 0 && order.supplierRegion() == 0 && within(1, order.manufacturer(), 2)),
    Q4_2(
            YEAR_SUPPLIER_NATION_CATEGORY,
            "c_region = 'region-0' and s_region = 'region-0' and d_year in (1997, 1998) and p_mfgr in ('mfgr-1', 'mfgr-2')",
            order -> order.customerRegion() == 0
                    && order.supplierRegion() == 0
                    && order.year() > 1996
                    && within(1, order.manufacturer(), 2)),
    Q4_3(
            YEAR_SUPPLIER_CITY_BRAND,
            "c_region = 'region-0' and s_nation = 'nation-2' and d_year in (1997, 1998) and p_category = 'category-9'",
            order -> order.customerRegion() == 0
                    && order.supplierNation() == 2
                    && order.year() > 1996
                    && order.category() == 9);

    private final Flight flight;
    private final Grouping grouping;
    private final String filter;
    private final Predicate<Order> where;

    StarQuery(Grouping grouping, String filter, Predicate<Order> where) {
        this.flight = Flight.valueOf(name().substring(0, 2));
        this.grouping = grouping;
        this.filter = filter;
        this.where = where;
    }

    /** As people write it, such as Q2.1. */
    public String label() {
        return name().replace('_', '.');
    }

    public static Optional<StarQuery> labelled(String label) {
        return Arrays.stream(values())
                .filter(query -> query.label().equals(label))
                .findFirst();
    }

    /** Its columns are those it groups by and the sum. */
    public String sql() {
        String columns = grouping.columns();
        String select = columns.isEmpty() ? flight.sum() : columns + ", " + flight.sum();
        String groups = columns.isEmpty() ? "" : " group by " + columns + " order by " + columns;
        return "select " + select + " from " + flight.from() + " where " + filter + groups;
    }

    boolean matches(Order order) {
        return where.test(order);
    }

    Grouping grouping() {
        return grouping;
    }

    long amount(Order order) {
        return flight.amount(order);
    }

    private static boolean within(long least, long value, long most) {
        return least <= value && value <= most;
    }
}
