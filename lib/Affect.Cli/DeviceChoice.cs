namespace Affect.Cli;

/// <summary><c>--device</c>, as every command that computes much has it.</summary>
internal static class DeviceChoice
{
    internal static Option<string> Option()
    {
        var option = new Option<string>("--device") { Description = "cpu or cuda", DefaultValueFactory = _ => "cpu" };
        option.AcceptOnlyFromAmong("cpu", "cuda");
        return option;
    }

    /// <summary>The device of a name.</summary>
    /// <exception cref="ArgumentException">There is none here.</exception>
    internal static Device Of(string? name)
    {
        if (name != "cuda") return CPU;
        return cuda.is_available() ? CUDA : throw new ArgumentException("--device must be cpu here: the libtorch that is loaded finds no CUDA device; see environment.md for a CUDA build in LIBTORCH.", nameof(name));
    }
}
