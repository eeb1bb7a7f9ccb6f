namespace Affect.Checkpoints;

/// <summary>What training tools put into the names of a model's weights when they wrap it.</summary>
/// <remarks>
/// <c>torch.compile</c>, <c>DataParallel</c> and <c>DistributedDataParallel</c>, fully sharded training, activation checkpointing, weight averaging;
/// <c>model.</c> and its like where the model is a field of a training module (Lightning, accelerate).
/// </remarks>
internal static class WrapperNames
{
    // These name no module of any model, wherever they stand.
    private static readonly string[] Anywhere = ["_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module", "_forward_module", "_module"];

    // These only count before everything else.
    private static readonly string[] InFront = ["module", "model", "net", "network", "backbone"];

    /// <summary>A name without them.</summary>
    internal static string TakeOff(string name)
    {
        if (Array.Exists(Anywhere, wrapper => name.Contains(wrapper, StringComparison.Ordinal)))
            name = string.Join('.', name.Split('.').Where(part => !Anywhere.Contains(part)));
        while (Array.Find(InFront, wrapper => name.Length > wrapper.Length && name[wrapper.Length] == '.' && name.StartsWith(wrapper, StringComparison.Ordinal)) is { } front)
            name = name[(front.Length + 1)..];
        return name;
    }
}
