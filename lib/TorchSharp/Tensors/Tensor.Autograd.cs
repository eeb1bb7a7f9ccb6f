using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get
            {
                var answer = Native.tc_requires_grad(Handle) != 0;
                GC.KeepAlive(this);
                return answer;
            }

            set
            {
                Native.Check(Native.tc_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public bool is_leaf
        {
            get
            {
                var answer = Native.tc_is_leaf(Handle) != 0;
                GC.KeepAlive(this);
                return answer;
            }
        }

        /// <summary>Null before the first backward pass. Each reading makes a new wrapper.</summary>
        public Tensor? grad
        {
            get
            {
                Native.Check(Native.tc_grad(Handle, out var gradient));
                GC.KeepAlive(this);
                return AdoptOrNull(gradient);
            }

            set
            {
                Native.Check(Native.tc_set_grad(Handle, value is null ? 0 : value.Handle));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of a tensor that is not a leaf.</summary>
        public void retain_grad()
        {
            Native.Check(Native.tc_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        /// <summary>Adds the derivative of this scalar to <see cref="grad"/> of every leaf that it depends on.</summary>
        public void backward() => autograd.Backward([this], null, retainGraph: false, createGraph: false, null);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.Backward([this], grad_tensors, retain_graph || create_graph, create_graph, inputs);

        /// <summary>The same values, outside the graph of derivatives.</summary>
        public Tensor detach() => Op.Detach.Call(this);

        public Tensor detach_() => Op.DetachInPlace.CallInPlace(this);

        /// <summary>A second reference to the same tensor: the two are disposed independently.</summary>
        public Tensor alias()
        {
            var copy = Native.tc_retain(Handle);
            GC.KeepAlive(this);
            return Adopt(copy);
        }

        private static partial class Op
        {
            internal static readonly Operator Detach = new("aten::detach");
            internal static readonly Operator DetachInPlace = new("aten::detach_");
        }
    }
}
