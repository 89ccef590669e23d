using System.Globalization;

namespace TorchSharp;

/// <summary>The kinds of device a tensor can live on.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    MKLDNN = 2,
    OPENGL = 3,
    OPENCL = 4,
    IDEEP = 5,
    HIP = 6,
    FPGA = 7,
    MSNPU = 8,
    XLA = 9,
    MPS = 13,
    META = 14,
}

public static partial class torch
{
    /// <summary>A kind of device and, for accelerators, which one.</summary>
    public class Device
    {
        public Device(string description)
        {
            var parts = description.Split(':');
            type = ParseType(parts[0]);
            index = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : -1;
        }

        public Device(string deviceType, int index = -1)
        {
            type = ParseType(deviceType);
            this.index = index;
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public Device(int index)
        {
            type = DeviceType.CUDA;
            this.index = index;
        }

        public DeviceType type { get; }
        public int index { get; }

        internal int NativeIndex => type == DeviceType.CPU ? -1 : index;

        public override string ToString()
        {
            var text = type.ToString().ToLowerInvariant();
            return index < 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}:{index}");
        }

        public static implicit operator Device(string description) => new(description);

        internal static Device Of(DeviceType type, int index) => type == DeviceType.CPU ? CPU : new Device(type, index);

        private static DeviceType ParseType(string text) =>
            Enum.TryParse<DeviceType>(text, true, out var type) ? type : throw new ArgumentException($"'{text}' is not a device type. Use 'cpu' or 'cuda'.");
    }

    public static readonly Device CPU = new(DeviceType.CPU, -1);
    public static readonly Device META = new(DeviceType.META, -1);
    public static Device CUDA { get; } = new(DeviceType.CUDA, -1);
    public static Device MPS { get; } = new(DeviceType.MPS, -1);

    public static Device device(string description) => new(description);
    public static Device device(string deviceType, int index = -1) => new(deviceType, index);
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);
    public static Device device(int index) => new(DeviceType.CUDA, index);
}
