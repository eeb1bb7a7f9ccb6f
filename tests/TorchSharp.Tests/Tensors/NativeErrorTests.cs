using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp.Tests.Tensors;

public sealed class NativeErrorTests
{
    [Theory]
    [InlineData(0, "an index was out of range")]
    [InlineData(1, "a check failed")]
    [InlineData(2, "an unknown C++ exception")]
    public void Whatever_is_thrown_in_cpp_arrives_as_a_managed_exception(int kind, string words)
    {
        var error = Assert.Throws<ExternalException>(() => Native.Check(Native.tc_throw(kind)));
        Assert.Contains(words, error.Message);
    }
}
