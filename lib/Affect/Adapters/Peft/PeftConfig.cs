namespace Affect.Adapters.Peft;

/// <summary>A method whose files are PEFT's.</summary>
public abstract record PeftConfig : AdapterConfig
{
    /// <inheritdoc/>
    public override bool CanMerge => true;

    /// <inheritdoc/>
    protected internal override string WeightPrefix => PeftFields.Prefix;

    /// <inheritdoc/>
    protected internal override NameMap WeightNames(InsertedAdapter adapter, ConfigFile file, IReadOnlyCollection<string> heads) => PeftFields.WeightNames(file, heads);

    /// <inheritdoc/>
    protected internal override string? ExplainMisfit(ConfigFile file, Module model) => PeftFields.Unmatched(file, model) is { Count: > 0 } unmatched
        ? $"Of the 'target_modules', {string.Join(", ", unmatched.Select(name => $"'{name}'"))} matches nothing in the model."
        : null;
}
