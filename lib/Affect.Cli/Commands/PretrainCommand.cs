namespace Affect.Cli.Commands;

/// <summary><c>lab pretrain ...</c>: make a checkpoint of one's own.</summary>
internal static class PretrainCommand
{
    internal static Command Create() => new("pretrain", "Pretrain an encoder on synthetic data.")
    {
        PretrainHubert.Create(),
        PretrainCLIP.Create(),
        PretrainCard.Create(),
        PretrainBert.Create(),
        PretrainBertCard.Create(),
    };
}
