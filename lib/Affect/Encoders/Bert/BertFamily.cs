namespace Affect.Encoders.Bert;

/// <summary>Which of two conventions a checkpoint follows.</summary>
public enum BertFamily
{
    /// <summary>Positions from 0 (<c>model_type</c> bert).</summary>
    [Spelling("bert")]
    Bert,

    /// <summary>Positions from one behind the padding id, padding not counted (<c>model_type</c> roberta).</summary>
    [Spelling("roberta")]
    Roberta,
}
