using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Affect.Cli.Bench;

/// <summary>What the figures were measured on: processor, libtorch, BLAS, threads.</summary>
internal static class Machine
{
    internal static string Describe()
    {
        var processor = Processor() ?? RuntimeInformation.ProcessArchitecture.ToString();
        var text = $"{processor}, {Environment.ProcessorCount} cores, .NET {Environment.Version}, {get_num_threads()} threads within an operation";
#if SYSTEM_TORCH
        var blas = TorchSharp.Runtime.Blas;
        text += $"\nlibtorch {TorchSharp.Runtime.Version}; BLAS: {blas.Path} ({blas.Configuration}; {blas.Threading}, {blas.Threads} threads)";
#endif
        return text;
    }

    private static string? Processor() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
}
