/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.watch;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values and tables for JMX, and so for the stock servlet /jmx, under whose security they stand. Some tables are listed; others
 * are too long for that, or are asked for by a key, and answer only when they are named: {@code Decisions/container_1} is the
 * table Decisions asked with that key. Read only. Thread-safe if what it is given is.
 */
public final class TableBean implements DynamicMBean, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableBean.class);
    private static final String DOMAIN = "Hadoop:service=";

    private final String description;
    private final Map<String, Listed> listed;
    private final Map<String, Function<String, ? extends Collection<? extends Record>>> keyed;
    private final UniqueName name;

    private record Listed(Class<?> type, Supplier<?> value) {}

    private TableBean(Builder builder, UniqueName name) {
        this.description = builder.description;
        this.listed = new LinkedHashMap<>(builder.listed);
        this.keyed = new LinkedHashMap<>(builder.keyed);
        this.name = name;
    }

    /** Says what a bean holds. Not thread-safe. */
    public static final class Builder {
        private final String description;
        private final Map<String, Listed> listed = new LinkedHashMap<>();
        private final Map<String, Function<String, ? extends Collection<? extends Record>>> keyed =
                new LinkedHashMap<>();

        public Builder(String description) {
            this.description = description;
        }

        /** A string, a number or a boolean. */
        public <T> Builder value(String attribute, Class<T> type, Supplier<T> value) {
            listed.put(attribute, new Listed(type, value));
            return this;
        }

        /** A table that is listed with the bean; keep it short, for it is in every answer of /jmx. */
        public Builder table(String attribute, Supplier<? extends Collection<? extends Record>> rows) {
            listed.put(attribute, new Listed(CompositeData[].class, () -> Rows.of(rows.get())));
            return this;
        }

        /** A table that is asked for as {@code attribute/key}. */
        public Builder keyedTable(String attribute, Function<String, ? extends Collection<? extends Record>> rows) {
            keyed.put(attribute, rows);
            return this;
        }

        /**
         * Registers the bean as {@code Hadoop:service=SERVICE,name=NAME}. A name that is taken in this process gets a number; a
         * bean that cannot be registered is logged, for its daemon is worth more.
         */
        public TableBean open(String service, String wanted) {
            TableBean bean = new TableBean(this, UniqueName.of(DOMAIN + service + ",name=" + wanted));
            try {
                ManagementFactory.getPlatformMBeanServer().registerMBean(bean, new ObjectName(bean.name.text()));
            } catch (JMException e) {
                LOG.warn("{} is not to be seen in JMX: {}", bean.name.text(), e.toString());
            }
            return bean;
        }
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        Listed known = listed.get(attribute);
        if (known != null) {
            return known.value().get();
        }
        int slash = attribute.indexOf('/');
        Function<String, ? extends Collection<? extends Record>> table =
                slash < 0 ? null : keyed.get(attribute.substring(0, slash));
        if (table == null) {
            throw new AttributeNotFoundException(attribute + ": expected one of " + listed.keySet() + ", or one of "
                    + keyed.keySet() + " with a slash and a key behind it");
        }
        return Rows.of(table.apply(attribute.substring(slash + 1)));
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        AttributeList values = new AttributeList();
        for (String attribute : attributes) {
            try {
                values.add(new Attribute(attribute, getAttribute(attribute)));
            } catch (AttributeNotFoundException e) {
                continue; // left out, as JMX wants it
            }
        }
        return values;
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes = listed.entrySet().stream()
                .map(entry -> new MBeanAttributeInfo(
                        entry.getKey(), entry.getValue().type().getName(), entry.getKey(), true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(getClass().getName(), description, attributes, null, null, null);
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " cannot be set");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException(action + ": there are no operations");
    }

    @Override
    public void close() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(name.text()));
        } catch (JMException e) {
            LOG.debug("{} was not registered", name.text(), e);
        }
        name.close();
    }
}
