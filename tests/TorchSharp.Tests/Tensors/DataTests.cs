using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

public sealed class DataTests
{
    [Fact]
    public void Item_needs_the_exact_type_and_one_element()
    {
        using var scope = NewDisposeScope();
        var t = tensor(1.5f);
        Assert.Equal(1.5f, t.item<float>());
        Assert.Equal("Double is not compatible with Float32.", Assert.Throws<ArgumentException>(() => t.item<double>()).Message);
        Assert.Throws<ArgumentException>(() => t.data<int>());
        Assert.Throws<ArgumentException>(() => zeros(2).item<float>());
    }

    [Fact]
    public void Numbers_are_read_whatever_the_type()
    {
        using var scope = NewDisposeScope();
        foreach (var type in (ScalarType[])[ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64])
        {
            var t = tensor(3f).to(type);
            Assert.Equal((3.0, 3f, 3L, 3, true), (t.ToDouble(), t.ToSingle(), t.ToInt64(), t.ToInt32(), t.ToBoolean()));
            Assert.Equal(type, t.ToScalar().Type);
        }
        Assert.Equal(2, (int)tensor(2.9));
        Assert.True((bool)tensor(true));
    }

    [Fact]
    public void An_accessor_follows_strides()
    {
        using var scope = NewDisposeScope();
        var t = arange(6, ScalarType.Float32).view(2, 3).t();
        using var data = t.data<float>();
        Assert.Equal(6, data.Count);
        Assert.Equal([0, 3, 1, 4, 2, 5], data.ToArray());
        Assert.Equal([0, 3, 1, 4, 2, 5], data);
        Assert.Equal((4f, 4f), (data[1, 1], data[3]));
        data[2, 0] = 9;
        Assert.Equal(9, t[2, 0].item<float>());
        Assert.Equal(new float[,] { { 0, 3 }, { 1, 4 }, { 9, 5 } }, data.ToNDArray());
        var part = new float[4];
        data.CopyTo(part, arrayIndex: 1, tensorIndex: 2);
        Assert.Equal([0, 1, 4, 9], part);
        data.CopyFrom([7f, 8f], tensorIndex: 4);
        Assert.Equal([0, 3, 1, 4, 7, 8], data.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => data[3, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => data[6]);
        Assert.Throws<ArgumentOutOfRangeException>(() => data[0, 0, 0]);
    }

    [Fact]
    public void Bytes_are_the_tensors_own_memory()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 1f, 2f });
        MemoryMarshal.Cast<byte, float>(t.bytes)[1] = 5;
        Assert.Equal([1, 5], t.data<float>().ToArray());
        t.bytes = new byte[8];
        Assert.Equal([0, 0], t.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => t.bytes = new byte[7]);
        Assert.Throws<NotImplementedException>(() => _ = zeros(2, 3).t().bytes.Length);
        Assert.Equal(0, zeros(0).bytes.Length);
    }

    [Fact]
    public void Streams_carry_elements_row_by_row()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        var t = arange(6, ScalarType.Int32).view(2, 3).t();
        t.WriteBytesToStream(stream);
        Assert.Equal([0, 3, 1, 4, 2, 5], MemoryMarshal.Cast<byte, int>(stream.ToArray()).ToArray());
        stream.Position = 0;
        var target = zeros(2, 3, ScalarType.Int32).t();
        target.ReadBytesFromStream(stream);
        Assert.True(target.Equals(t));
        Assert.Throws<EndOfStreamException>(() => target.ReadBytesFromStream(stream));
    }

    [Fact]
    public void Bfloat16_and_half_go_through_streams_unchanged()
    {
        using var scope = NewDisposeScope();
        foreach (var type in (ScalarType[])[ScalarType.BFloat16, ScalarType.Float16, ScalarType.Bool])
        {
            using var stream = new MemoryStream();
            var t = tensor(new[] { 1.5f, 0f, -2f }).to(type);
            t.WriteBytesToStream(stream);
            Assert.Equal(3 * t.ElementSize, stream.Length);
            stream.Position = 0;
            var read = empty_like(t);
            read.ReadBytesFromStream(stream);
            Assert.True(read.Equals(t));
        }
    }

    [Fact]
    public void Lists_nest_as_deep_as_the_shape()
    {
        using var scope = NewDisposeScope();
        var rows = Assert.IsType<List<object>>(tensor(new[,] { { 1, 2 }, { 3, 4 } }).tolist());
        Assert.Equal([3, 4], Assert.IsType<List<object>>(rows[1]));
        Assert.Equal(2.5, tensor(2.5).tolist());
    }
}
