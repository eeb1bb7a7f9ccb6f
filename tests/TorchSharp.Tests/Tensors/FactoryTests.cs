using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

public sealed class FactoryTests
{
    [Fact]
    public void Default_types_are_torchsharps()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Int64, arange(5).dtype);
        Assert.Equal(ScalarType.Float32, arange(5.0).dtype);
        Assert.Equal(ScalarType.Int32, tensor(1).dtype);
        Assert.Equal(ScalarType.Int64, tensor(1L).dtype);
        Assert.Equal(ScalarType.Float64, tensor(1.0).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1f).dtype);
        Assert.Equal(ScalarType.Bool, tensor(true).dtype);
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1, 2 }).dtype);
        Assert.Equal(ScalarType.Int64, full(2, 2, 3).dtype);
        Assert.Equal(ScalarType.Float32, full(new long[] { 2 }, 3.0).dtype);
        Assert.Equal(ScalarType.Float32, zeros(2).dtype);
        Assert.Equal(ScalarType.Int64, randint(5, new long[] { 2 }).dtype);
        Assert.Equal(ScalarType.Int64, randperm(3).dtype);
        Assert.Equal(ScalarType.Float32, linspace(0, 1, 3).dtype);
    }

    [Fact]
    public void Each_element_type_makes_a_tensor_and_comes_back()
    {
        using var scope = NewDisposeScope();
        RoundTrip(tensor(new[] { true, false }), [true, false]);
        RoundTrip(tensor(new byte[] { 1, 255 }), new byte[] { 1, 255 });
        RoundTrip(tensor(new sbyte[] { -1, 127 }), new sbyte[] { -1, 127 });
        RoundTrip(tensor(new short[] { -1, 300 }), new short[] { -1, 300 });
        RoundTrip(tensor(new[] { -1, 70000 }), [-1, 70000]);
        RoundTrip(tensor(new[] { -1L, 1L << 40 }), [-1L, 1L << 40]);
        RoundTrip(tensor(new[] { (Half)0.5, (Half)2 }), [(Half)0.5, (Half)2]);
        RoundTrip(tensor(new[] { 0.5f, 2 }), [0.5f, 2]);
        RoundTrip(tensor(new[] { 0.5, 2 }), [0.5, 2]);
        RoundTrip(tensor(new[] { (1f, 2f), (3f, -4f) }), [(1f, 2f), (3f, -4f)]);
        RoundTrip(tensor(new[] { new Complex(1, 2), new Complex(3, -4) }), [new Complex(1, 2), new Complex(3, -4)]);
    }

    [Fact]
    public void Shapes_can_be_given_in_every_way()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([2, 3], zeros(2, 3).shape);
        Assert.Equal([2, 3], zeros(new long[] { 2, 3 }).shape);
        Assert.Equal([2, 3], zeros([2, 3]).shape);
        Assert.Equal([1, 2, 3, 4], ones(1, 2, 3, 4).shape);
        Assert.Equal([7], rand(7L).shape);
        Assert.Equal([], empty(Array.Empty<long>()).shape);
        Assert.Equal([2, 2], tensor(new[] { 1f, 2, 3, 4 }, new long[] { 2, 2 }).shape);
        Assert.Equal([2, 2], tensor(new List<float> { 1, 2, 3, 4 }, 2, 2).shape);
        Assert.Equal([2, 3], tensor(new[,] { { 1, 2, 3 }, { 4, 5, 6 } }).shape);
        Assert.Equal([1, 2, 1], tensor(new double[1, 2, 1]).shape);
        Assert.Equal([0], tensor(Array.Empty<long>()).shape);
        Assert.Equal([2], tensor(new float[] { 1, 2, 3 }.AsMemory(1), new long[] { 2 }).shape);
        Assert.Equal([3, 2], randint(9, (3, 2)).shape);
    }

    [Fact]
    public void Dimensions_that_do_not_hold_the_elements_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => tensor(new[] { 1f, 2, 3 }, new long[] { 2, 2 }));
        Assert.StartsWith("The dimensions [2, 2] hold 4 elements, but 3 were given.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensor_copies_an_array_and_the_others_share_it()
    {
        using var scope = NewDisposeScope();
        float[] array = [1, 2, 3];
        var (copy, shared, other, part) = (tensor(array), from_array(array), as_tensor(array), frombuffer(array, ScalarType.Float32, count: 2, offset: 4));
        array[1] = 20;
        Assert.Equal([1, 2, 3], copy.data<float>().ToArray());
        Assert.Equal([1, 20, 3], shared.data<float>().ToArray());
        Assert.Equal([1, 20, 3], other.data<float>().ToArray());
        Assert.Equal([20, 3], part.data<float>().ToArray());
        shared.fill_(7);
        Assert.Equal([7, 7, 7], array);
        bool[] truths = [true, false];
        from_array(truths).logical_not_();
        Assert.Equal([false, true], truths);
        (float, float)[] pairs = [(1, 2)];
        from_array(pairs).mul_(2);
        Assert.Equal([(2f, 4f)], pairs);
        Assert.Equal([2, 2], from_array(new int[2, 2]).shape);
    }

    [Fact]
    public void A_shared_array_stays_in_place_while_its_tensor_lives()
    {
        using var scope = NewDisposeScope();
        var shared = from_array(Enumerable.Range(0, 1000).Select(static i => (float)i).ToArray());
#pragma warning disable RS0030 // the test is about the collector
        for (var i = 0; i < 3; i++) GC.Collect();
#pragma warning restore RS0030
        Assert.Equal(999 * 500, shared.sum().item<float>());
    }

    [Fact]
    public void A_shared_array_of_another_type_becomes_a_copy()
    {
        using var scope = NewDisposeScope();
        float[] array = [1.5f];
        var converted = from_array(array, ScalarType.Float64);
        array[0] = 9;
        Assert.Equal(1.5, converted.item<double>());
    }

    [Fact]
    public void A_buffer_that_is_too_short_is_refused()
    {
        var array = new float[3];
        Assert.Throws<ArgumentOutOfRangeException>(() => frombuffer(array, ScalarType.Float64, count: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => frombuffer(array, ScalarType.Float32, offset: 13));
    }

    [Fact]
    public void Twins_take_shape_and_type_from_their_model()
    {
        using var scope = NewDisposeScope();
        var model = zeros(2, 3, ScalarType.Float64);
        foreach (var twin in (Tensor[])[zeros_like(model), ones_like(model), empty_like(model), full_like(model, 4), rand_like(model), randn_like(model)])
            Assert.True(twin.shape is [2, 3] && twin.dtype == ScalarType.Float64, twin.ToString());
        Assert.Equal(ScalarType.Int64, ones_like(model, ScalarType.Int64).dtype);
    }

    [Fact]
    public void The_default_type_can_be_changed()
    {
        try
        {
            set_default_dtype(ScalarType.Float64);
            using var made = zeros(1);
            Assert.Equal((ScalarType.Float64, ScalarType.Float64), (made.dtype, get_default_dtype()));
        }
        finally
        {
            set_default_dtype(ScalarType.Float32);
        }
    }

    [Fact]
    public void Seeding_repeats_and_generators_are_independent()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var first = randn(5);
        var state = get_rng_state();
        var second = randn(5);
        manual_seed(4);
        Assert.True(first.Equals(randn(5)));
        set_rng_state(state);
        Assert.True(second.Equals(randn(5)));
        using var own = new Generator(8);
        var drawn = rand(3, generator: own);
        own.manual_seed(8);
        Assert.True(drawn.Equals(rand(3, generator: own)));
        Assert.Equal(8, own.initial_seed());
        using var restored = new Generator();
        restored.set_state(own.get_state());
        Assert.True(rand(2, generator: own).Equals(rand(2, generator: restored)));
    }

    [Fact]
    public void Scalars_become_tensors_by_themselves()
    {
        using var scope = NewDisposeScope();
        Tensor number = 3;
        Tensor real = 2.5f;
        Tensor list = new[] { 1L, 2L };
        Assert.Equal((ScalarType.Int32, ScalarType.Float32, ScalarType.Int64), (number.dtype, real.dtype, list.dtype));
        Assert.Equal((3, 2.5f, 3L), ((int)number, (float)real, (long)list.sum()));
        Assert.True((bool)(number == 3));
    }

    private static void RoundTrip<T>(Tensor made, T[] values) where T : unmanaged => Assert.Equal(values, made.data<T>().ToArray());
}
