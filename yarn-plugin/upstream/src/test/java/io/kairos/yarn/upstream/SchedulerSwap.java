/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.upstream;

import io.kairos.yarn.rm.SettlingScheduler;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.function.UnaryOperator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Puts Kairos where Hadoop's tests say CapacityScheduler, while their classes are loaded. A ResourceManager that is configured
 * to make a CapacityScheduler reads Kairos' name there, as if an admin had set it; a test that makes one by itself, or extends it,
 * gets Kairos instead. Nothing else of a test is touched: what it does and what it asserts is as Hadoop ships it.
 */
public final class SchedulerSwap implements ClassFileTransformer {
    private static final String STOCK = Type.getInternalName(CapacityScheduler.class);
    private static final String OURS = Type.getInternalName(SettlingScheduler.class);
    private static final String MANAGER = Type.getInternalName(ResourceManager.class);

    /** Called from ResourceManager.createScheduler, with its configuration. */
    public static void configure(Configuration configuration) {
        String configured =
                configuration.getTrimmed(YarnConfiguration.RM_SCHEDULER, YarnConfiguration.DEFAULT_RM_SCHEDULER);
        if (configured.equals(CapacityScheduler.class.getName())) {
            configuration.set(YarnConfiguration.RM_SCHEDULER, SettlingScheduler.class.getName());
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (MANAGER.equals(name)) {
            return rewrite(bytes, Manager::new);
        }
        return isTestClass(domain) ? rewrite(bytes, TestClass::new) : null;
    }

    static boolean isTestClass(@Nullable ProtectionDomain domain) {
        return domain != null
                && domain.getCodeSource() != null
                && domain.getCodeSource().getLocation() != null
                && domain.getCodeSource()
                        .getLocation()
                        .getPath()
                        .matches(".*/hadoop-yarn-server-resourcemanager-[^/]*tests\\.jar");
    }

    private static byte[] rewrite(byte[] bytes, UnaryOperator<ClassVisitor> change) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes).accept(change.apply(writer), 0);
        return writer.toByteArray();
    }

    /** Calls {@link #configure} first thing in createScheduler. */
    private static final class Manager extends ClassVisitor {
        Manager(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return !name.equals("createScheduler")
                    ? next
                    : new MethodVisitor(Opcodes.ASM9, next) {
                        @Override
                        public void visitCode() {
                            super.visitCode();
                            String type = Type.getDescriptor(Configuration.class);
                            visitVarInsn(Opcodes.ALOAD, 0);
                            visitFieldInsn(Opcodes.GETFIELD, MANAGER, "conf", type);
                            visitMethodInsn(
                                    Opcodes.INVOKESTATIC,
                                    Type.getInternalName(SchedulerSwap.class),
                                    "configure",
                                    "(" + type + ")V",
                                    false);
                        }
                    };
        }
    }

    /** Replaces the superclass, and what is made with {@code new}. */
    private static final class TestClass extends ClassVisitor {
        private boolean inherits;

        TestClass(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                String superName,
                String @Nullable [] interfaces) {
            inherits = superName.equals(STOCK);
            super.visit(version, access, name, signature, inherits ? OURS : superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
                @Override
                public void visitTypeInsn(int opcode, String type) {
                    super.visitTypeInsn(opcode, opcode == Opcodes.NEW && type.equals(STOCK) ? OURS : type);
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String type, boolean ofInterface) {
                    boolean swapped = opcode == Opcodes.INVOKESPECIAL
                            && owner.equals(STOCK)
                            && (inherits || name.equals("<init>"));
                    super.visitMethodInsn(opcode, swapped ? OURS : owner, name, type, ofInterface);
                }
            };
        }
    }
}
