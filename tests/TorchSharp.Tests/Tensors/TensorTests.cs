using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

public sealed class TensorTests
{
    [Fact]
    public void Conversions_are_new_wrappers_even_where_nothing_changes()
    {
        using var scope = NewDisposeScope();
        var t = zeros(2);
        foreach (var same in (Tensor[])[t.to(ScalarType.Float32), t.to(CPU), t.cpu(), t.contiguous(), t.to("cpu"), t.@float(), t.to(t), t.alias(), t.to(DeviceType.CPU)])
        {
            Assert.NotSame(t, same);
            same.Dispose();
        }
        Assert.False(t.IsInvalid);
        Assert.True(t.to(ScalarType.Float64, disposeAfter: true).dtype == ScalarType.Float64);
        Assert.True(t.IsInvalid);
    }

    [Fact]
    public void A_copy_shares_no_memory_and_a_conversion_to_the_same_does()
    {
        using var scope = NewDisposeScope();
        var t = zeros(1);
        var (same, copy, clone) = (t.to(ScalarType.Float32), t.to(ScalarType.Float32, copy: true), t.clone());
        t.fill_(1);
        Assert.Equal((1f, 0f, 0f), (same.item<float>(), copy.item<float>(), clone.item<float>()));
    }

    [Fact]
    public void In_place_operators_return_the_tensor_itself()
    {
        using var scope = NewDisposeScope();
        var t = ones(2);
        var before = LiveTensors.Count;
        Assert.Same(t, t.add_(1));
        Assert.Same(t, t.mul_(t));
        Assert.Same(t, t.zero_());
        Assert.Same(t, t.copy_(t));
        Assert.Same(t, t.normal_());
        Assert.Same(t, t.unsqueeze_(0));
        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void Metadata_is_what_it_says()
    {
        using var scope = NewDisposeScope();
        var t = zeros(2, 3, 4, ScalarType.Float64);
        Assert.Equal((3L, 3L, 3L, 24L, 24L, 8L), (t.dim(), t.ndim, t.Dimensions, t.numel(), t.NumberOfElements, t.ElementSize));
        Assert.Equal((3L, 4L, 12L, 1L), (t.size(1), t.size(-1), t.stride(0), t.stride(-1)));
        Assert.Equal([12, 4, 1], t.stride());
        Assert.True(t.is_contiguous() && !t.transpose(0, 1).is_contiguous() && !t.is_cuda && !t.is_sparse && t.is_floating_point());
        Assert.Equal((DeviceType.CPU, -1), (t.device_type, t.device_index));
        Assert.Throws<ArgumentOutOfRangeException>(() => t.size(3));
        t.name = "weights";
        Assert.Equal("weights", t.name);
    }

    [Fact]
    public void Devices_are_equal_by_value()
    {
        using var t = zeros(1);
        Assert.True(t.device == CPU && t.device.Equals(device("cpu")) && t.device != CUDA);
        Assert.Equal(("cpu", "cuda", "cuda:1"), (CPU.ToString(), new Device("cuda").ToString(), new Device("cuda:1").ToString()));
        Assert.Equal((DeviceType.CUDA, 1), (new Device("cuda", 1).type, new Device(1).index));
        Assert.Equal(new Device("cuda"), new Device(DeviceType.CUDA, 0));
        Assert.Equal(-1, new Device("cpu:0").index);
        Device converted = "cuda:0";
        Assert.Equal(0, converted.index);
        Assert.Contains("'tpu'", Assert.Throws<ArgumentException>(() => new Device("tpu")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Device("cuda:x"));
    }

    [Fact]
    public void Equality_of_tensors_compares_values_and_operators_elements()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (tensor(new[] { 1f, 2f }), tensor(new[] { 1f, 3f }));
        Assert.False(a.Equals(b));
        Assert.True(a.Equals(a.clone()));
        Assert.False(a.Equals((object)"text"));
        Assert.Equal([true, false], (a == b).data<bool>().ToArray());
        Assert.Equal([true, false], a.equal(b).data<bool>().ToArray());
        Assert.NotEqual(a.GetHashCode(), a.clone().GetHashCode());
        Assert.True(a.allclose(a + 1e-9));
    }

    [Fact]
    public void A_wrong_shape_throws_with_libtorchs_words_and_no_trace()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => zeros(2, 3).matmul(zeros(4, 5)));
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", error.Message);
        Assert.Throws<ExternalException>(() => ones(2, ScalarType.Int64).softmax(0));
        Assert.Contains("Int", Assert.Throws<ExternalException>(() => zeros(2).index_select(0, zeros(1))).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Numbers_keep_a_tensors_type()
    {
        using var scope = NewDisposeScope();
        var (half, integer) = (ones(1, ScalarType.Float16), ones(1, ScalarType.Int64));
        Assert.Equal(ScalarType.Float16, (half * 2.0).dtype);
        Assert.Equal((ScalarType.Int64, ScalarType.Float32, ScalarType.Float32), ((integer + 1).dtype, (integer + 0.5).dtype, (integer / 2).dtype));
        Assert.Equal(ScalarType.Float32, (ones(1) * 2.0).dtype);
    }

    [Fact]
    public void Text_says_shape_type_and_device_and_on_demand_values()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[,] { { 1.5f, 2f }, { -3f, 4.25f } });
        Assert.Equal("[2x2], type = Float32, device = cpu", t.ToString());
        Assert.Equal("[], type = Int32, device = cpu, value = 7", tensor(7).str());
        Assert.Equal("[[1.5 2]\n [-3 4.25]]", t.npstr(newLine: "\n"));
        Assert.Equal("[2x2], type = Float32, device = cpu\n  1.5    2\n   -3 4.25\n", t.jlstr(newLine: "\n"));
        Assert.Equal("[2x2], type = Float32, device = cpu, value = {{1.5, 2}, {-3, 4.25}}", t.cstr());
        Assert.Equal("[1.5 ... 1.5]", full(100, 1.5).npstr().Replace("1.5 1.5 1.5 ... 1.5 1.5 1.5", "1.5 ... 1.5", StringComparison.Ordinal));
        Assert.Contains("[1,..,..] =", zeros(2, 2, 2).str(), StringComparison.Ordinal);
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        Assert.Equal("1,5", tensor(1.5).ToString(TorchSharp.TensorStringStyle.Numpy, cultureInfo: german));
    }

    [Fact]
    public void Scalars_know_their_type()
    {
        Scalar[] scalars = [(byte)1, (sbyte)1, (short)1, 1, 1L, (Half)1, 1f, 1.0, true, (1f, 2f), new System.Numerics.Complex(1, 2)];
        Assert.Equal(
            [ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64, ScalarType.Float16, ScalarType.Float32, ScalarType.Float64, ScalarType.Bool, ScalarType.ComplexFloat32, ScalarType.ComplexFloat64],
            scalars.Select(static scalar => scalar.Type));
        Assert.All(scalars[..8], static scalar => Assert.Equal((1.0, 1L, true), (scalar.ToDouble(), scalar.ToInt64(), scalar.ToBoolean())));
        using var filled = full(1, scalars[^1]);
        Assert.Equal(ScalarType.ComplexFloat32, filled.dtype); // the complex type of the default type
    }

    [Fact]
    public void Limits_of_types_are_known()
    {
        Assert.Equal((float.MaxValue, 32), ((float)finfo(float32).max, finfo(float32).bits));
        Assert.Equal((65504.0, double.MinValue), (finfo(float16).max, finfo(float64).min));
        Assert.Throws<ArgumentException>(() => finfo(int64));
        Assert.True(is_integral(int8) && !is_integral(float32) && is_complex(complex64) && is_floating_point(bfloat16));
    }
}
