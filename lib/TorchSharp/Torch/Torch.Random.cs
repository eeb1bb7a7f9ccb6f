using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static long seed() => random.seed();

    public static long initial_seed() => random.initial_seed();

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.RandLike.Call(input, Value.Of(dtype), Value.None, Value.Of(device)), requires_grad);

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.RandnLike.Call(input, Value.Of(dtype), Value.None, Value.Of(device)), requires_grad);

    public static Tensor randint_like(
        Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.RandintLike.Call(input, low, high, Value.Of(dtype), Value.None, Value.Of(device)), requires_grad);

    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) => Randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) => Randint(low, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) => Randint(0, high, size.Shape, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) => Randint(low, high, size.Shape, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) => Randint(0, high, new Size(size).Shape, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Randint(low, high, new Size(size).Shape, dtype, device, requires_grad, generator, names);

    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Finish(
            generator is null
                ? Op.Randperm.Call(n, dtype ?? ScalarType.Int64, Value.None, On(device))
                : Op.RandpermWith.Call(n, Value.Of(generator), dtype ?? ScalarType.Int64, Value.None, On(device)),
            requires_grad);

    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Finish(Op.NormalSized.Call(mean, std, size.ToArray(), Value.Of(generator), Value.Of(dtype), Value.None, On(device)), requires_grad, names);

    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) => Op.Normal.Call(mean, std, Value.Of(generator));

    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);

    public static Tensor poisson(Tensor input, Generator? generator = null) => input.poisson(generator);

    private static Tensor Rand(
        long[] size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator, string[]? names) =>
        Finish(
            generator is null
                ? Op.Rand.Call(size, Value.Of(dtype), Value.None, On(device))
                : Op.RandWith.Call(size, Value.Of(generator), Value.Of(dtype), Value.None, On(device)),
            requires_grad, names);

    private static Tensor Randn(
        long[] size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator, string[]? names) =>
        Finish(
            generator is null
                ? Op.Randn.Call(size, Value.Of(dtype), Value.None, On(device))
                : Op.RandnWith.Call(size, Value.Of(generator), Value.Of(dtype), Value.None, On(device)),
            requires_grad, names);

    private static Tensor Randint(
        long low, long high, long[] size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator, string[]? names) =>
        Finish(
            generator is null
                ? Op.Randint.Call(low, high, size, dtype ?? ScalarType.Int64, Value.None, On(device))
                : Op.RandintWith.Call(low, high, size, Value.Of(generator), dtype ?? ScalarType.Int64, Value.None, On(device)),
            requires_grad, names);

    /// <summary>The CPU's generator and, through <see cref="manual_seed"/>, every other device's.</summary>
    public static partial class random
    {
        /// <summary>Seeds the generators of every device.</summary>
        public static Generator manual_seed(long seed)
        {
            Native.Check(Native.tc_manual_seed((ulong)seed));
            return Generator.Default;
        }

        public static long seed()
        {
            using var generator = Generator.Default;
            return generator.seed();
        }

        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }

    private static partial class Op
    {
        internal static readonly Operator Rand = new("aten::rand");
        internal static readonly Operator RandWith = new("aten::rand.generator");
        internal static readonly Operator Randn = new("aten::randn");
        internal static readonly Operator RandnWith = new("aten::randn.generator");
        internal static readonly Operator Randint = new("aten::randint.low");
        internal static readonly Operator RandintWith = new("aten::randint.low_generator");
        internal static readonly Operator Randperm = new("aten::randperm");
        internal static readonly Operator RandpermWith = new("aten::randperm.generator");
        internal static readonly Operator RandLike = new("aten::rand_like");
        internal static readonly Operator RandnLike = new("aten::randn_like");
        internal static readonly Operator RandintLike = new("aten::randint_like.low_dtype");
        internal static readonly Operator Normal = new("aten::normal.Tensor_Tensor");
        internal static readonly Operator NormalSized = new("aten::normal.float_float");
    }
}
