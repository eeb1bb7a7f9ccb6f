namespace Affect.Encoders;

/// <summary>The field of a <c>config.json</c> that a property of a configuration is read from and written to.</summary>
/// <param name="name">The field's name.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConfigFieldAttribute(string name) : Attribute
{
    /// <summary>The field's name.</summary>
    public string Name { get; } = name;
}
