namespace Affect.Tests.Cuda;

/// <summary>A fact about CUDA: skipped, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CudaFactAttribute : FactAttribute
{
    internal const string Reason = "needs a CUDA device and a libtorch that knows it";

    public CudaFactAttribute()
    {
        if (!cuda.is_available()) Skip = Reason;
    }
}
