using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly ConditionalWeakTable<Tensor, string> Names = [];

        /// <summary>A copy of the sizes.</summary>
        public unsafe long[] shape
        {
            get
            {
                var dimensions = Native.tc_sizes(Handle, out var sizes);
                var copy = new ReadOnlySpan<long>(sizes, dimensions).ToArray();
                GC.KeepAlive(this);
                return copy;
            }
        }

        public long[] size() => shape;

        public unsafe long size(int dim)
        {
            var dimensions = Native.tc_sizes(Handle, out var sizes);
            var at = dim < 0 ? dim + dimensions : dim;
            if ((uint)at >= (uint)dimensions) throw DimensionError(dim, dimensions);
            var result = sizes[at];
            GC.KeepAlive(this);
            return result;
        }

        public unsafe long[] stride()
        {
            var dimensions = Native.tc_strides(Handle, out var strides);
            var copy = new ReadOnlySpan<long>(strides, dimensions).ToArray();
            GC.KeepAlive(this);
            return copy;
        }

        public unsafe long stride(int dim)
        {
            var dimensions = Native.tc_strides(Handle, out var strides);
            var at = dim < 0 ? dim + dimensions : dim;
            if ((uint)at >= (uint)dimensions) throw DimensionError(dim, dimensions);
            var result = strides[at];
            GC.KeepAlive(this);
            return result;
        }

        public unsafe long ndim
        {
            get
            {
                var dimensions = Native.tc_sizes(Handle, out _);
                GC.KeepAlive(this);
                return dimensions;
            }
        }

        public long dim() => ndim;

        public long Dimensions => ndim;

        public long NumberOfElements
        {
            get
            {
                var count = Native.tc_numel(Handle);
                GC.KeepAlive(this);
                return count;
            }
        }

        public long numel() => NumberOfElements;

        /// <summary>Bytes per element.</summary>
        public long ElementSize => ElementTypes.SizeOf(dtype);

        public long element_size() => ElementSize;

        public ScalarType dtype
        {
            get
            {
                var type = (ScalarType)Native.tc_dtype(Handle);
                GC.KeepAlive(this);
                return type;
            }
        }

        public Device device => Device.Unpack(PackedDevice);

        public DeviceType device_type => (DeviceType)(PackedDevice >> 32);

        public int device_index => device_type == DeviceType.CPU ? -1 : (int)PackedDevice;

        public bool is_cpu => device_type == DeviceType.CPU;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse
        {
            get
            {
                var isSparse = Native.tc_is_sparse(Handle) != 0;
                GC.KeepAlive(this);
                return isSparse;
            }
        }

        public bool is_contiguous()
        {
            var isContiguous = Native.tc_is_contiguous(Handle) != 0;
            GC.KeepAlive(this);
            return isContiguous;
        }

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        [AllowNull]
        public string name
        {
            get => Names.TryGetValue(this, out var text) ? text : "";
            set
            {
                if (value is null) Names.Remove(this);
                else Names.AddOrUpdate(this, value);
            }
        }

        internal long PackedDevice
        {
            get
            {
                var packed = Native.tc_device(Handle);
                GC.KeepAlive(this);
                return packed;
            }
        }

        private static ArgumentOutOfRangeException DimensionError(int dim, int dimensions) =>
            new(nameof(dim), dim, $"dim must be in -{dimensions}..{dimensions - 1} for a tensor of {dimensions} dimensions.");
    }
}
