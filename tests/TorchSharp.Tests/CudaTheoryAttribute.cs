using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>A theory about CUDA: skipped, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CudaTheoryAttribute : TheoryAttribute
{
    public CudaTheoryAttribute()
    {
        if (!cuda.is_available()) Skip = CudaFactAttribute.Reason;
    }
}
