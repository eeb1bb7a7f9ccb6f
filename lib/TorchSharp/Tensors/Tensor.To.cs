using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Always a new wrapper, also where nothing changes.</summary>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(disposeAfter, Op.ToDtype.Call(this, type, non_blocking, copy));

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(disposeAfter, Op.ToDevice.Call(this, Value.Of(device), type, non_blocking, copy));

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(disposeAfter, Op.ToDevice.Call(this, Value.Of(device), dtype, non_blocking, copy));

        public Tensor to(
            DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, copy, disposeAfter, non_blocking);

        public Tensor type(ScalarType dtype) => to(dtype);

        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);

        public Tensor type_as(Tensor tensor) => to(tensor.dtype);

        public Tensor cpu() => to(CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false) =>
            device is { type: not DeviceType.CUDA }
                ? throw new ArgumentException($"device must be a CUDA device, but was {device}.", nameof(device))
                : to(device ?? CUDA, non_blocking: non_blocking);

        public Tensor mps(bool non_blocking = false) => to(MPS, non_blocking: non_blocking);

        public Tensor @bool() => to(ScalarType.Bool);

        public Tensor @byte() => to(ScalarType.Byte);

        public Tensor @char() => to(ScalarType.Int8);

        public Tensor @short() => to(ScalarType.Int16);

        public Tensor @int() => to(ScalarType.Int32);

        public Tensor @long() => to(ScalarType.Int64);

        public Tensor half() => to(ScalarType.Float16);

        public Tensor bfloat16() => to(ScalarType.BFloat16);

        public Tensor @float() => to(ScalarType.Float32);

        public Tensor @double() => to(ScalarType.Float64);

        public Tensor cfloat() => to(ScalarType.ComplexFloat32);

        public Tensor cdouble() => to(ScalarType.ComplexFloat64);

        public Tensor clone() => Op.Clone.Call(this);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Op.Copy.CallInPlace(this, source, nonBlocking);

        public Tensor set_(Tensor source) => Op.Set.CallInPlace(this, source);

        public Tensor pin_memory() => Op.PinMemory.Call(this);

        public bool is_pinned() => Op.IsPinned.CallBool(this);

        public Tensor to_dense() => Op.ToDense.Call(this);

        public Tensor to_sparse() => Op.ToSparse.Call(this);

        private Tensor After(bool disposeAfter, Tensor result)
        {
            if (disposeAfter) Dispose();
            return result;
        }

        private static partial class Op
        {
            internal static readonly Operator ToDtype = new("aten::to.dtype");
            internal static readonly Operator ToDevice = new("aten::to.device");
            internal static readonly Operator Clone = new("aten::clone");
            internal static readonly Operator Copy = new("aten::copy_");
            internal static readonly Operator Set = new("aten::set_.source_Tensor");
            internal static readonly Operator PinMemory = new("aten::pin_memory");
            internal static readonly Operator IsPinned = new("aten::is_pinned");
            internal static readonly Operator ToDense = new("aten::to_dense");
            internal static readonly Operator ToSparse = new("aten::to_sparse");
        }
    }
}
