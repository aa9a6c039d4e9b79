/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark.star;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables as views of a session: Spark generates their rows whenever a query reads them. */
public final class StarTables {

    private StarTables() {}

    /**
     * Creates the views lineorder, dates, customer, supplier and part.
     *
     * @param partitions of lineorder
     * @param spoilt all amounts of lineorder are one cent too high
     */
    public static void create(SparkSession session, StarData data, int partitions, boolean spoilt) {
        orders(session, data, partitions, spoilt ? 1 : 0).createOrReplaceTempView("lineorder");
        dates(session).createOrReplaceTempView("dates");
        places(session, data.customers(), data.cityOfCustomer().sql(), "c").createOrReplaceTempView("customer");
        places(session, data.suppliers(), data.cityOfSupplier().sql(), "s").createOrReplaceTempView("supplier");
        parts(session, data).createOrReplaceTempView("part");
    }

    private static Dataset<Row> orders(SparkSession session, StarData data, int partitions, int tooHigh) {
        return session.range(0, data.orders(), 1, partitions)
                .selectExpr(
                        "id as lo_orderkey",
                        data.customerOfOrder().sql() + " as lo_custkey",
                        data.supplierOfOrder().sql() + " as lo_suppkey",
                        data.partOfOrder().sql() + " as lo_partkey",
                        data.dayOfOrder().sql() + " as lo_orderdate",
                        data.quantityOfOrder().sql() + " + 1 as lo_quantity",
                        data.discountOfOrder().sql() + " as lo_discount",
                        data.priceOfOrder().sql() + " + " + StarData.LEAST_PRICE + " as price")
                .selectExpr("*", "lo_quantity * price + " + tooHigh + " as lo_extendedprice")
                .selectExpr(
                        "*",
                        "lo_extendedprice * (100 - lo_discount) div 100 + " + tooHigh + " as lo_revenue",
                        "lo_extendedprice * " + StarData.SUPPLY_PERCENT + " div 100 as lo_supplycost")
                .drop("price");
    }

    private static Dataset<Row> dates(SparkSession session) {
        return session.range(StarData.DAYS)
                .selectExpr("id as d_datekey", "date_add(date'1992-01-01', cast(id as int)) as day")
                .selectExpr(
                        "d_datekey",
                        "year(day) as d_year",
                        "month(day) as d_month",
                        "year(day) * 100 + month(day) as d_yearmonth",
                        "weekofyear(day) as d_week")
                .coalesce(1);
    }

    private static Dataset<Row> places(SparkSession session, long count, String city, String prefix) {
        String key = prefix.equals("c") ? "c_custkey" : "s_suppkey";
        int citiesARegion = StarData.CITIES_A_NATION * StarData.NATIONS_A_REGION;
        return session.range(count)
                .selectExpr("id as " + key, city + " as city")
                .selectExpr(
                        key,
                        "concat('city-', cast(city as string)) as " + prefix + "_city",
                        "concat('nation-', cast(city div " + StarData.CITIES_A_NATION + " as string)) as " + prefix
                                + "_nation",
                        "concat('region-', cast(city div " + citiesARegion + " as string)) as " + prefix + "_region");
    }

    private static Dataset<Row> parts(SparkSession session, StarData data) {
        int brandsAManufacturer = StarData.BRANDS_A_CATEGORY * StarData.CATEGORIES_A_MANUFACTURER;
        return session.range(data.parts())
                .selectExpr("id as p_partkey", data.brandOfPart().sql() + " as brand")
                .selectExpr(
                        "p_partkey",
                        "concat('brand-', cast(brand as string)) as p_brand",
                        "concat('category-', cast(brand div " + StarData.BRANDS_A_CATEGORY
                                + " as string)) as p_category",
                        "concat('mfgr-', cast(brand div " + brandsAManufacturer + " as string)) as p_mfgr");
    }
}
