using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>As in Python: numbers, ranges, ellipsis, new dimensions, positions and masks. Without the last two, a view.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => Element(indices);
            set => Put(Element(indices), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => Element([i1]);
            set => Put(Element([i1]), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => Element([i1, i2]);
            set => Put(Element([i1, i2]), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => Element([i1, i2, i3]);
            set => Put(Element([i1, i2, i3]), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Element([i1, i2, i3, i4]);
            set => Put(Element([i1, i2, i3, i4]), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => Element([i1, i2, i3, i4, i5]);
            set => Put(Element([i1, i2, i3, i4, i5]), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => Element([i1, i2, i3, i4, i5, i6]);
            set => Put(Element([i1, i2, i3, i4, i5, i6]), value);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var (view, positions) = Slices(indices);
            if (positions is null) return view;
            using (view) return Op.Index.Call(view, Value.OptionalList(positions));
        }

        public Tensor index(params Tensor[] indices) => Op.Index.Call(this, Value.OptionalList(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, accumulate: false);

        /// <param name="accumulate">Adds instead of replacing; equal positions add up.</param>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            var (view, positions) = Slices(indices);
            if (positions is null)
            {
                if (!accumulate)
                {
                    Put(view, value);
                    return this;
                }
                using (view) view.add_(value);
                return this;
            }
            using (view) view.index_put_(value, positions!, accumulate);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, accumulate: false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            // ATen wants the value in the tensor's own type; a number on the right-hand side has its own.
            if (value.dtype == dtype) return Op.IndexPut.CallInPlace(this, Value.OptionalList(indices), value, accumulate);
            using var converted = value.to(dtype);
            return Op.IndexPut.CallInPlace(this, Value.OptionalList(indices), converted, accumulate);
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var number = NumberLike(value);
            return index_put_(number, indices, accumulate: false);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var number = NumberLike(value);
            return index_put_(number, indices, accumulate: false);
        }

        private Tensor NumberLike(Scalar value) => Op.ScalarTensor.Call(value, dtype, Value.None, Value.Of(device));

        private static void Put(Tensor view, Tensor value)
        {
            using (view)
            {
                // Leading dimensions of size one broadcast away, as in Python.
                var extra = value.ndim - view.ndim;
                if (extra <= 0)
                {
                    view.copy_(value);
                    return;
                }
                var lengths = value.shape;
                if (lengths.AsSpan(0, (int)extra).ContainsAnyExcept(1L)) view.copy_(value);
                else
                    using (var trimmed = value.view(lengths[(int)extra..])) view.copy_(trimmed);
            }
        }

        private Tensor Element(ReadOnlySpan<long> indices)
        {
            var current = Op.Select.Call(this, 0, indices[0]);
            for (var i = 1; i < indices.Length; i++)
            {
                using var outer = current;
                current = Op.Select.Call(outer, 0, indices[i]);
            }
            return current;
        }

        private static partial class Op
        {
            internal static readonly Operator Index = new("aten::index.Tensor");
            internal static readonly Operator IndexPut = new("aten::index_put_");
            internal static readonly Operator ScalarTensor = new("aten::scalar_tensor");
        }
    }
}
