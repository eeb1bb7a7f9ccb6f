namespace TorchSharp;

public static partial class torch
{
    public static Tensor copysign(Tensor input, Tensor other) => input.copysign(other);

    public static Tensor copysign_(Tensor input, Tensor other) => input.copysign_(other);

    public static Tensor heaviside(Tensor input, Tensor other) => input.heaviside(other);

    public static Tensor heaviside_(Tensor input, Tensor other) => input.heaviside_(other);

    public static Tensor hypot(Tensor input, Tensor other) => input.hypot(other);

    public static Tensor gcd(Tensor input, Tensor other) => input.gcd(other);

    public static Tensor gcd_(Tensor input, Tensor other) => input.gcd_(other);

    public static Tensor lcm(Tensor input, Tensor other) => input.lcm(other);

    public static Tensor lcm_(Tensor input, Tensor other) => input.lcm_(other);

    public static Tensor ldexp(Tensor input, Tensor other) => input.ldexp(other);

    public static Tensor ldexp_(Tensor input, Tensor other) => input.ldexp_(other);

    public static Tensor nextafter(Tensor input, Tensor other) => input.nextafter(other);

    public static Tensor nextafter_(Tensor input, Tensor other) => input.nextafter_(other);

    public static Tensor logaddexp(Tensor input, Tensor other) => input.logaddexp(other);

    public static Tensor logaddexp2(Tensor input, Tensor other) => input.logaddexp2(other);

    public static Tensor xlogy(Tensor x, Tensor y) => x.xlogy(y);

    public static Tensor xlogy(Tensor x, Scalar y) => x.xlogy(y);

    public static Tensor float_power(Tensor input, Tensor target) => input.float_power(target);

    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    public static Tensor round(Tensor input, long decimals = 0L) => input.round(decimals);

    public static Tensor round_(Tensor input, long decimals = 0L) => input.round_(decimals);

    public static Tensor polygamma(Tensor input, long p) => input.polygamma(p);

    public static Tensor mvlgamma(Tensor input, long p) => input.mvlgamma(p);

    public static Tensor igamma(Tensor input, Tensor other) => input.igamma(other);

    public static Tensor igammac(Tensor input, Tensor other) => input.igammac(other);

    public static Tensor nan_to_num(Tensor input, double nan = 0d, double? posinf = null, double? neginf = null) =>
        input.nan_to_num(nan, posinf, neginf);

    public static Tensor nan_to_num_(Tensor input, double nan = 0d, double? posinf = null, double? neginf = null) =>
        input.nan_to_num_(nan, posinf, neginf);
}
