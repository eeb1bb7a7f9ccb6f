namespace TorchSharp;

public static partial class torch
{
    /// <summary>One place of an indexing expression: <c>t[.., 1..3, TensorIndex.None]</c>.</summary>
    public readonly struct TensorIndex
    {
        internal enum Kind
        {
            Null,
            Ellipsis,
            None,
            Single,
            Slice,
            Bool,
            Tensor,
        }

        private TensorIndex(Kind kind) => IndexKind = kind;

        private TensorIndex(
            Kind kind, long? start, long? stop = null, long? step = null) : this(kind) =>
            (Start, Stop, Step) = (start, stop, step);

        private TensorIndex(torch.Tensor tensor) : this(Kind.Tensor) => Mask = tensor;

        /// <summary>As many full slices as are missing.</summary>
        public static TensorIndex Ellipsis { get; } = new(Kind.Ellipsis);

        /// <summary>A new dimension of size one.</summary>
        public static TensorIndex None { get; } = new(Kind.None);

        /// <summary>The whole dimension, as <c>:</c> in Python.</summary>
        public static TensorIndex Null { get; } = new(Kind.Slice, null);

        /// <summary>The whole dimension, as <c>:</c> in Python.</summary>
        public static TensorIndex Colon { get; } = new(Kind.Slice, null);

        internal Kind IndexKind { get; }

        internal long? Start { get; }

        internal long? Stop { get; }

        internal long? Step { get; }

        internal torch.Tensor? Mask { get; }

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Index value) => Single(value.IsFromEnd ? -value.Value : value.Value);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex((int? Start, int? Stop) range) => Slice(range);

        public static TensorIndex Single(long? index) => index is null ? Null : new(Kind.Single, index);

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(Kind.Slice, start, stop, step);

        public static TensorIndex Slice((int? Start, int? Stop) range) => Slice(range.Start, range.Stop);

        /// <summary><c>1..^2</c>: as Python's <c>1:-2</c>.</summary>
        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        /// <summary>True: a new dimension of size one; false: of size zero.</summary>
        public static TensorIndex Bool(bool value) => new(Kind.Bool, value ? 1 : 0);

        /// <summary>Positions (int64) or a mask (bool or uint8).</summary>
        public static TensorIndex Tensor(torch.Tensor tensor)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            return new(tensor);
        }
    }
}
