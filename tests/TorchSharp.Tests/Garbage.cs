namespace TorchSharp.Tests;

#pragma warning disable RS0030 // tests about the collector, and those that count what it may free meanwhile, call it
internal static class Garbage
{
    /// <summary>Frees what nobody refers to, of earlier tests too.</summary>
    public static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
#pragma warning restore RS0030
