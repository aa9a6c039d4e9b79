/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark.star;

/** What a query groups by: its columns, and the same as text. */
enum Grouping {
    ALL("") {
        @Override
        String key(Order order) {
            return "";
        }
    },
    YEAR_BRAND("d_year, p_brand") {
        @Override
        String key(Order order) {
            return order.year() + "|brand-" + order.brand();
        }
    },
    NATIONS_YEAR("c_nation, s_nation, d_year") {
        @Override
        String key(Order order) {
            return "nation-" + order.customerNation() + "|nation-" + order.supplierNation() + "|" + order.year();
        }
    },
    CITIES_YEAR("c_city, s_city, d_year") {
        @Override
        String key(Order order) {
            return "city-" + order.customerCity() + "|city-" + order.supplierCity() + "|" + order.year();
        }
    },
    YEAR_CUSTOMER_NATION("d_year, c_nation") {
        @Override
        String key(Order order) {
            return order.year() + "|nation-" + order.customerNation();
        }
    },
    YEAR_SUPPLIER_NATION_CATEGORY("d_year, s_nation, p_category") {
        @Override
        String key(Order order) {
            return order.year() + "|nation-" + order.supplierNation() + "|category-" + order.category();
        }
    },
    YEAR_SUPPLIER_CITY_BRAND("d_year, s_city, p_brand") {
        @Override
        String key(Order order) {
            return order.year() + "|city-" + order.supplierCity() + "|brand-" + order.brand();
        }
    };

    private final String columns;

    Grouping(String columns) {
        this.columns = columns;
    }

    /** Comma-separated; empty if there is one group of all. */
    String columns() {
        return columns;
    }

    /** The values of the columns with bars between them. */
    abstract String key(Order order);
}
