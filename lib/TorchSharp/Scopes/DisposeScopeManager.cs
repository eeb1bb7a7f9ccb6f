using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>The scopes of the calling thread.</summary>
public static class DisposeScopeManager
{
    /// <summary>The calling thread's counts.</summary>
    public static ThreadDisposeScopeStatistics Statistics => TensorThread.Current.Statistics;
}
