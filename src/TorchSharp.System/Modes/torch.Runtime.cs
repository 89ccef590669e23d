using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

// Threads, devices, version, switches of the backends.
public static partial class torch
{
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)Native.tss_version())!;

    public static int get_num_threads() => Native.tss_threads();
    public static void set_num_threads(int num) => Native.Check(Native.tss_set_threads(num));
    public static int get_num_interop_threads() => Native.tss_interop_threads();
    public static void set_num_interop_threads(int num) => Native.Check(Native.tss_set_interop_threads(num));

    public static bool TryInitializeDeviceType(DeviceType deviceType) =>
        deviceType is DeviceType.CPU or DeviceType.META || Native.tss_device_count((int)deviceType) > 0;

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine: this libtorch ({__version__}) has no such backend, or the machine no such device.");
    }

    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }

    public static bool cuda_is_available() => cuda.is_available();
    public static bool mps_is_available() => false;

    /// <summary>CUDA devices.</summary>
    public static partial class cuda
    {
        public static bool is_available() => device_count() > 0;
        public static bool is_cudnn_available() => is_available() && Native.tss_setting(0) != 0;
        public static int device_count() => Native.tss_device_count((int)DeviceType.CUDA);

        // libtorch's own seed reaches every device.
        public static void manual_seed(long seed) => Native.Check(Native.tss_manual_seed((ulong)seed));
        public static void manual_seed_all(long seed) => manual_seed(seed);

        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(DeviceType.CUDA);
            Native.Check(Native.tss_synchronize((int)DeviceType.CUDA, device?.index ?? -1));
        }
    }

    /// <summary>Switches of the libraries below libtorch.</summary>
    public static partial class backends
    {
        /// <summary>Lets batch normalisation take cuDNN where it can.</summary>
        internal const bool CudnnEnabled = true;

        public static partial class cuda
        {
            public static partial class matmul
            {
                public static bool allow_tf32
                {
                    get => Native.tss_setting(2) != 0;
                    set => Native.Check(Native.tss_set_setting(2, value ? 1 : 0));
                }
            }
        }

        public static partial class cudnn
        {
            public static bool allow_tf32
            {
                get => Native.tss_setting(3) != 0;
                set => Native.Check(Native.tss_set_setting(3, value ? 1 : 0));
            }
        }
    }
}
