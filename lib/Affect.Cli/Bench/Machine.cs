namespace Affect.Cli.Bench;

/// <summary>What the figures were measured on: processor, libtorch, BLAS, threads.</summary>
internal static class Machine
{
    internal static string Describe()
    {
        var processor = Processor() ?? RuntimeInformation.ProcessArchitecture.ToString();
        return $"{processor}, {Environment.ProcessorCount} cores, .NET {Environment.Version}, libtorch {__version__}, {get_num_threads()} threads within an operation";
    }

    private static string? Processor() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
}
