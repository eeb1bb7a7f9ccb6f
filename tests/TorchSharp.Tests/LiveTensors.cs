namespace TorchSharp.Tests;

/// <summary>How many tensors of this thread are alive, whatever the garbage collector does to those of other tests.</summary>
internal static class LiveTensors
{
    public static long Count => DisposeScopeManager.Statistics.ThreadTotalLiveCount;
}
