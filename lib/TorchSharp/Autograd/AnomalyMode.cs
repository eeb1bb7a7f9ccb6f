using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Sets, until its disposal, whether backward passes look for the operator behind a not-a-number.</summary>
public sealed class AnomalyMode : IDisposable
{
    private readonly bool before = IsEnabled;
    private readonly bool checkedBefore = ShouldCheckNaN;

    public AnomalyMode(bool enabled, bool check_nan = true) => Native.tc_set_anomaly(enabled ? 1 : 0, check_nan ? 1 : 0);

    public static bool IsEnabled => (Native.tc_anomaly() & 1) != 0;

    public static bool ShouldCheckNaN => (Native.tc_anomaly() & 2) != 0;

    public void Dispose() => Native.tc_set_anomaly(before ? 1 : 0, checkedBefore ? 1 : 0);
}
