namespace Affect.Adapters;

/// <summary>The weights of a model that belong to no adapter.</summary>
internal static class BaseWeights
{
    internal static IEnumerable<(string Name, Parameter Parameter)> Parameters(Module model) =>
        model.named_parameters().Where(named => !IsOfAdapter(named.name)).Select(named => (named.name, named.parameter));

    /// <summary>A hash of names, shapes and numbers, hexadecimal: whose adapter fits whom.</summary>
    internal static string Fingerprint(Module model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in model.state_dict().Where(pair => !IsOfAdapter(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {value.dtype} [{string.Join(", ", value.shape)}]\n"));
            hash.AppendData(value.detach().cpu().contiguous().bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool IsOfAdapter(string name) => name.Split('.').Any(AdapterPart.ChildNames.Contains);
}
