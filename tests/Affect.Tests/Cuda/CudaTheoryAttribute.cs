namespace Affect.Tests.Cuda;

/// <summary>A theory about CUDA: skipped, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CudaTheoryAttribute : TheoryAttribute
{
    public CudaTheoryAttribute()
    {
        if (!cuda.is_available()) Skip = CudaFactAttribute.Reason;
    }
}
