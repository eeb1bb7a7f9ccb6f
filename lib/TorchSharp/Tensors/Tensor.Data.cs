using System.Numerics;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private const int LeastStreamBuffer = 1024;

        /// <summary>Its elements as raw bytes: a view of the tensor's own memory.</summary>
        /// <exception cref="NotImplementedException">The tensor is not contiguous.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous()) throw new NotImplementedException("bytes needs a contiguous tensor: call contiguous() first.");
                var size = NumberOfElements * ElementSize;
                if (size > int.MaxValue) throw new ArgumentException($"A span holds up to {int.MaxValue} bytes, but the tensor has {size}.");
                RequireCpu();
                return size == 0 ? [] : new Span<byte>((void*)DataPointer, (int)size);
            }

            set
            {
                if (value.Length != NumberOfElements * ElementSize)
                    throw new ArgumentException($"The tensor has {NumberOfElements * ElementSize} bytes, but {value.Length} were given.", nameof(value));
                value.CopyTo(bytes);
                Native.tc_bump_version(Handle);
            }
        }

        internal nint DataPointer
        {
            get
            {
                Native.Check(Native.tc_data(Handle, out var data));
                GC.KeepAlive(this);
                return data;
            }
        }

        /// <summary>Reads and writes elements in place, of exactly this type.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the tensor's element type.</exception>
        public Utils.TensorAccessor<T> data<T>() where T : unmanaged
        {
            RequireCpu();
            ValidateType(typeof(T));
            return new(this);
        }

        /// <summary>The value of a tensor of one element.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the element type, or there is not exactly one element.</exception>
        public unsafe T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException($"item needs a tensor of one element, but it has {NumberOfElements}.");
            ValidateType(typeof(T));
            if (device_type == DeviceType.CPU)
            {
                var value = *(T*)DataPointer;
                GC.KeepAlive(this);
                return value;
            }
            using var local = cpu();
            return local.item<T>();
        }

        public unsafe Scalar ToScalar()
        {
            if (NumberOfElements != 1) throw new ArgumentException($"A scalar is a tensor of one element, but this one has {NumberOfElements}.");
            if (device_type != DeviceType.CPU)
            {
                using var local = cpu();
                return local.ToScalar();
            }
            var data = (void*)DataPointer;
            Scalar scalar = dtype switch
            {
                ScalarType.Byte => *(byte*)data,
                ScalarType.Int8 => *(sbyte*)data,
                ScalarType.Int16 => *(short*)data,
                ScalarType.Int32 => *(int*)data,
                ScalarType.Int64 => *(long*)data,
                ScalarType.Float16 => *(Half*)data,
                ScalarType.BFloat16 => Scalar.BFloat16(BitConverter.Int32BitsToSingle(*(ushort*)data << 16)),
                ScalarType.Float32 => *(float*)data,
                ScalarType.Float64 => *(double*)data,
                ScalarType.Bool => *(bool*)data,
                ScalarType.ComplexFloat32 => *((float, float)*)data,
                ScalarType.ComplexFloat64 => *(Complex*)data,
                _ => throw new NotSupportedException($"{dtype} has no scalar."),
            };
            GC.KeepAlive(this);
            return scalar;
        }

        public bool is_nonzero() => ToScalar().ToBoolean();

        public double ReadCpuDouble(long i) => data<double>()[i];

        public float ReadCpuSingle(long i) => data<float>()[i];

        public int ReadCpuInt32(long i) => data<int>()[i];

        public long ReadCpuInt64(long i) => data<long>()[i];

        public byte ReadCpuByte(long i) => data<byte>()[i];

        public bool ReadCpuBool(long i) => data<bool>()[i];

        /// <summary>Writes the elements, row by row, little-endian.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = LeastStreamBuffer)
        {
            ArgumentNullException.ThrowIfNull(stream);
            if (device_type != DeviceType.CPU || !is_contiguous())
            {
                using var scratch = cpu();
                using var dense = scratch.contiguous();
                dense.WriteBytesToStream(stream, bufferSize);
                return;
            }
            foreach (var part in Parts()) stream.Write(Part(part.Start, part.Length));
            GC.KeepAlive(this);
        }

        /// <summary>Fills the tensor with what <see cref="WriteBytesToStream"/> wrote.</summary>
        /// <exception cref="EndOfStreamException">The stream ended too early.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = LeastStreamBuffer)
        {
            ArgumentNullException.ThrowIfNull(stream);
            if (device_type != DeviceType.CPU || !is_contiguous())
            {
                using var dense = torch.empty(shape, dtype, CPU);
                dense.ReadBytesFromStream(stream, bufferSize);
                using var guard = no_grad();
                copy_(dense);
                return;
            }
            foreach (var part in Parts()) stream.ReadExactly(Part(part.Start, part.Length));
            Native.tc_bump_version(Handle);
            GC.KeepAlive(this);
        }

        internal void ValidateType(Type type)
        {
            var own = dtype;
            if (ElementTypes.Of(type) != own) throw new ArgumentException($"{type.Name} is not compatible with {own}.");
        }

        // Spans and streams count in int; a large tensor goes in parts.
        private IEnumerable<(long Start, int Length)> Parts()
        {
            const int most = 1 << 30;
            var size = NumberOfElements * ElementSize;
            for (var start = 0L; start < size; start += most) yield return (start, (int)Math.Min(most, size - start));
        }

        private unsafe Span<byte> Part(long start, int length) => new((void*)(DataPointer + (nint)start), length);

        private void RequireCpu()
        {
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException($"Only memory of the CPU can be read, but the tensor is on {device}: call cpu() first.");
        }
    }
}
