namespace Affect.Encoders.Transformer;

/// <summary>An attention that can be given learned keys and values.</summary>
internal interface IPrefixedAttention
{
    /// <summary>The size of a frame.</summary>
    int HiddenSize { get; }

    /// <summary>How many heads there are.</summary>
    int Heads { get; }

    /// <summary>The learned keys and values; null: none. Whoever sets it registers it as the child <c>prefix</c>.</summary>
    AttentionPrefix? Prefix { get; set; }
}
