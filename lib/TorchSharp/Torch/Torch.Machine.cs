using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static int get_num_threads() => Native.tc_threads();

    public static void set_num_threads(int num)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(num, 1);
        Native.tc_set_threads(num);
    }

    public static bool cuda_is_available() => cuda.is_available();

    public static bool mps_is_available() => false;

    /// <summary>Asks for a device, and says now rather than at the first tensor when it is missing.</summary>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"This libtorch has no device of type {deviceType}; {Runtime.Version} is loaded.");
    }

    public static bool TryInitializeDeviceType(DeviceType deviceType) =>
        deviceType == DeviceType.CUDA ? cuda.is_available() : deviceType is DeviceType.CPU or DeviceType.META;

    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }

    /// <summary>The CUDA devices.</summary>
    public static partial class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static bool is_cudnn_available(
) =>
            is_available() && Runtime.Configuration.Contains("CuDNN", StringComparison.OrdinalIgnoreCase);

        public static int device_count() => Native.tc_cuda_device_count();

        /// <summary>Seeds the generators of every device, as <c>torch.manual_seed</c> does.</summary>
        public static void manual_seed(long seed) => random.manual_seed(seed).Dispose();

        public static void manual_seed_all(long seed) => manual_seed(seed);

        /// <summary>Waits for the work that was handed to a device.</summary>
        public static void synchronize(Device? device = null)
        {
            if (is_available()) Native.Check(Native.tc_cuda_synchronize(Math.Max(device?.index ?? 0, 0)));
        }
    }

    /// <summary>Switches of the libraries below libtorch.</summary>
    public static partial class backends
    {
        public static partial class cuda
        {
            // Kept for programs that set it; libtorch 1.13 has no fused attention to switch.
            private static bool flash = true;

            public static bool flash_sdp_enabled() => flash;

            public static void enable_flash_sdp(bool enable) => flash = enable;

            public static partial class matmul
            {
                public static bool allow_tf32
                {
                    get => Native.tc_allow_tf32(which: 0, set: -1, value: 0) != 0;
                    set => _ = Native.tc_allow_tf32(which: 0, set: 1, value ? 1 : 0);
                }
            }
        }

        public static partial class cudnn
        {
            public static bool allow_tf32
            {
                get => Native.tc_allow_tf32(which: 1, set: -1, value: 0) != 0;
                set => _ = Native.tc_allow_tf32(which: 1, set: 1, value ? 1 : 0);
            }
        }
    }
}
