using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Sets whether the thread builds graphs, until its disposal.</summary>
internal sealed class GradMode : IDisposable
{
    private readonly bool before = torch.is_grad_enabled();
    private bool isDisposed;

    internal GradMode(bool enabled) => Native.tc_set_grad_enabled(enabled ? 1 : 0);

    public void Dispose()
    {
        if (isDisposed) return;
        isDisposed = true;
        Native.tc_set_grad_enabled(before ? 1 : 0);
    }
}
