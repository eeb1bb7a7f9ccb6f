using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A shape. A tensor's own <see cref="Tensor.shape"/> is a plain <c>long[]</c>.</summary>
    public readonly struct Size : IEnumerable<long>, IEquatable<Size>
    {
        private readonly long[]? lengths;

        public Size(long[] shape) => lengths = (long[])shape.Clone();

        public Size(IEnumerable<long> shape) => lengths = [.. shape];

        public Size(int[] shape) => lengths = Array.ConvertAll(shape, length => (long)length);

        public Size(long size) => lengths = [size];

        public Size((long, long) size) => lengths = [size.Item1, size.Item2];

        public Size((long, long, long) size) => lengths = [size.Item1, size.Item2, size.Item3];

        public Size((long, long, long, long) size) => lengths = [size.Item1, size.Item2, size.Item3, size.Item4];

        public Size((long, long, long, long, long) size) => lengths = [size.Item1, size.Item2, size.Item3, size.Item4, size.Item5];

        public static Size Empty => default;

        public long[] Shape => lengths ?? [];

        public int Length => lengths?.Length ?? 0;

        public bool IsEmpty => Length == 0;

        public bool IsScalar => IsEmpty;

        public long this[int idx] => Shape[idx];

        public long this[long idx] => Shape[idx];

        public static implicit operator Size(long size) => new(size);

        public static implicit operator Size(long[] size) => new(size);

        public static implicit operator Size((long, long) size) => new(size);

        public static implicit operator Size((long, long, long) size) => new(size);

        public static implicit operator Size((long, long, long, long) size) => new(size);

        public static implicit operator Size((long, long, long, long, long) size) => new(size);

        public static Size operator +(Size left, Size right) => new([.. left.Shape, .. right.Shape]);

        public static Size operator +(Size left, IEnumerable<long> right) => new([.. left.Shape, .. right]);

        public static bool operator ==(Size left, Size right) => left.Equals(right);

        public static bool operator !=(Size left, Size right) => !left.Equals(right);

        public long numel() => Shape.Aggregate(1L, static (product, length) => product * length);

        public Size Slice(int first, int next) => new(Shape[first..next]);

        public bool Equals(Size other) => Shape.AsSpan().SequenceEqual(other.Shape);

        public override bool Equals(object? obj) => obj is Size other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var length in Shape) hash.Add(length);
            return hash.ToHashCode();
        }

        public override string ToString() => $"[{string.Join(", ", Shape)}]";

        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Shape).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
