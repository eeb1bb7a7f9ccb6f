using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Sets inference mode on the thread, until its disposal on the same thread.</summary>
internal sealed class InferenceMode(bool mode) : IDisposable
{
    private nint guard = Native.tc_inference_mode_enter(mode ? 1 : 0);

    public void Dispose()
    {
        var leaving = Interlocked.Exchange(ref guard, 0);
        if (leaving != 0) Native.tc_inference_mode_leave(leaving);
    }
}
