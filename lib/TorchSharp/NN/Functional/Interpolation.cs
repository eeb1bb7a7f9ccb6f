using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator Nearest1 = new("aten::upsample_nearest1d.vec");
            private static readonly Operator Nearest2 = new("aten::upsample_nearest2d.vec");
            private static readonly Operator Nearest3 = new("aten::upsample_nearest3d.vec");
            private static readonly Operator NearestExact1 = new("aten::_upsample_nearest_exact1d.vec");
            private static readonly Operator NearestExact2 = new("aten::_upsample_nearest_exact2d.vec");
            private static readonly Operator NearestExact3 = new("aten::_upsample_nearest_exact3d.vec");
            private static readonly Operator Linear1 = new("aten::upsample_linear1d.vec");
            private static readonly Operator Bilinear2 = new("aten::upsample_bilinear2d.vec");
            private static readonly Operator BilinearSmooth2 = new("aten::_upsample_bilinear2d_aa.vec");
            private static readonly Operator Bicubic2 = new("aten::upsample_bicubic2d.vec");
            private static readonly Operator BicubicSmooth2 = new("aten::_upsample_bicubic2d_aa.vec");
            private static readonly Operator Trilinear3 = new("aten::upsample_trilinear3d.vec");

            /// <summary>Resizes the dimensions after <c>[batch, channels]</c>.</summary>
            /// <param name="size">The new sizes; or give <paramref name="scale_factor"/>, one or as many as there are sizes.</param>
            /// <param name="align_corners">For the linear and cubic modes: whether the corners' centres keep their place.</param>
            /// <param name="recompute_scale_factor">Whether positions follow the rounded sizes rather than the factor as given.</param>
            /// <param name="antialias">For Bilinear and Bicubic: whether to smooth when shrinking.</param>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null,
                bool recompute_scale_factor = false, bool antialias = false)
            {
                ArgumentNullException.ThrowIfNull(x);
                var spatial = (int)x.ndim - 2;
                if (spatial < 1) throw new ArgumentException($"interpolate needs [batch, channels, …], but got {x.ndim} dimensions.", nameof(x));
                if (size is null == scale_factor is null) throw new ArgumentException("Exactly one of size and scale_factor must be given.", nameof(size));
                var isNearest = mode is InterpolationMode.Nearest or InterpolationMode.NearestExact or InterpolationMode.Area;
                if (isNearest && align_corners is not null) throw new ArgumentException($"align_corners does not go with {mode}.", nameof(align_corners));
                if (antialias && mode is not (InterpolationMode.Bilinear or InterpolationMode.Bicubic))
                    throw new ArgumentException($"antialias does not go with {mode}.", nameof(antialias));

                var sizes = Spread(size, spatial, nameof(size));
                var factors = Spread(scale_factor, spatial, nameof(scale_factor));
                if (factors is not null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    sizes = [.. factors.Select((factor, i) => (long)Math.Floor(x.size(i + 2) * factor))];
                    factors = null;
                }
                var corners = align_corners ?? false;
                return (mode, spatial) switch
                {
                    (InterpolationMode.Nearest, 1) => Nearest1.Call(x, sizes, factors),
                    (InterpolationMode.Nearest, 2) => Nearest2.Call(x, sizes, factors),
                    (InterpolationMode.Nearest, 3) => Nearest3.Call(x, sizes, factors),
                    (InterpolationMode.NearestExact, 1) => NearestExact1.Call(x, sizes, factors),
                    (InterpolationMode.NearestExact, 2) => NearestExact2.Call(x, sizes, factors),
                    (InterpolationMode.NearestExact, 3) => NearestExact3.Call(x, sizes, factors),
                    (InterpolationMode.Area, 1) => AdaptiveAverage1.Call(x, sizes),
                    (InterpolationMode.Area, 2) => AdaptiveAverage2.Call(x, sizes),
                    (InterpolationMode.Linear, 1) => Linear1.Call(x, sizes, corners, factors),
                    (InterpolationMode.Bilinear, 2) => (antialias ? BilinearSmooth2 : Bilinear2).Call(x, sizes, corners, factors),
                    (InterpolationMode.Bicubic, 2) => (antialias ? BicubicSmooth2 : Bicubic2).Call(x, sizes, corners, factors),
                    (InterpolationMode.Trilinear, 3) => Trilinear3.Call(x, sizes, corners, factors),
                    _ => throw new ArgumentException($"{mode} does not go with {x.ndim} dimensions.", nameof(mode)),
                };
            }

            private static T[]? Spread<T>(T[]? given, int wanted, string name)
            {
                if (given is null || given.Length == wanted) return given;
                if (given.Length != 1) throw new ArgumentException($"{name} must have 1 or {wanted} entries, but has {given.Length}.", name);
                var spread = new T[wanted];
                Array.Fill(spread, given[0]);
                return spread;
            }
        }
    }
}
