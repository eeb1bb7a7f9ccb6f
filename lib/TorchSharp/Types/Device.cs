using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where a tensor lies. Unlike TorchSharp's, two devices of one type and index are equal; "cuda" is "cuda:0".</summary>
    public class Device : IEquatable<Device>
    {
        private const int MostCached = 16;
        private static readonly Device Cpu = new(DeviceType.CPU);
        private static readonly Device?[] Cuda = new Device?[MostCached];

        /// <param name="description"><c>cpu</c>, <c>cuda</c> or <c>cuda:0</c>.</param>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var colon = description.IndexOf(':', StringComparison.Ordinal);
            type = TypeOf(colon < 0 ? description : description[..colon], description);
            index = colon < 0 ? -1
                : int.TryParse(description.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? IndexOf(type, number)
                : throw new ArgumentException($"A device must be like cpu, cuda or cuda:0, but was '{description}'.", nameof(description));
        }

        public Device(string deviceType, int index = -1)
        {
            type = TypeOf(deviceType, deviceType);
            this.index = IndexOf(type, index);
        }

        public Device(DeviceType deviceType, int index = -1) => (type, this.index) = (deviceType, IndexOf(deviceType, index));

        /// <summary>The CUDA device of an index.</summary>
        public Device(int index) : this(DeviceType.CUDA, index)
        {
        }

        public DeviceType type { get; }

        /// <summary>-1: the CPU, or no particular one.</summary>
        public int index { get; }

        internal long Packed => Pack(type, index);

        public static implicit operator Device(string description) => new(description);

        public static bool operator ==(Device? left, Device? right) => left is null ? right is null : left.Equals(right);

        public static bool operator !=(Device? left, Device? right) => !(left == right);

        public bool Equals(Device? other) => other is not null && type == other.type && Math.Max(index, 0) == Math.Max(other.index, 0);

        public override bool Equals(object? obj) => Equals(obj as Device);

        public override int GetHashCode() => HashCode.Combine(type, Math.Max(index, 0));

        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return index < 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{index}");
        }

        internal static long Pack(DeviceType type, int index) => ((long)type << 32) | (uint)index;

        internal static Device Unpack(long packed)
        {
            var (type, index) = ((DeviceType)(packed >> 32), (int)packed);
            if (type == DeviceType.CPU) return Cpu;
            if (type == DeviceType.CUDA && (uint)index < MostCached) return Cuda[index] ??= new(type, index);
            return new(type, index);
        }

        private static int IndexOf(DeviceType type, int index) => type == DeviceType.CPU ? -1 : index;

        private static DeviceType TypeOf(string name, string description) => name.ToLowerInvariant() switch
        {
            "cpu" => DeviceType.CPU,
            "cuda" => DeviceType.CUDA,
            "mkldnn" => DeviceType.MKLDNN,
            "opengl" => DeviceType.OPENGL,
            "opencl" => DeviceType.OPENCL,
            "ideep" => DeviceType.IDEEP,
            "hip" => DeviceType.HIP,
            "fpga" => DeviceType.FPGA,
            "msnpu" => DeviceType.MSNPU,
            "xla" => DeviceType.XLA,
            "mps" => DeviceType.MPS,
            "meta" => DeviceType.META,
            _ => throw new ArgumentException($"A device must be like cpu, cuda or cuda:0, but was '{description}'.", nameof(description)),
        };
    }
}
