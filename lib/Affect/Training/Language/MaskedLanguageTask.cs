using Affect.Encoders;
using Affect.Encoders.Bert;
using Affect.Text;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Affect.Training.Language;

/// <summary>Masked language modelling: hidden tokens are named from those around them; and sentences of one mood find each other.</summary>
internal sealed class MaskedLanguageTask : ITrainingTask, IDisposable
{
    private readonly TextPretrainingConfig config;
    private readonly MimicTexts texts;
    private readonly BertModel model;
    private readonly MaskedLanguageHead head;

    internal MaskedLanguageTask(TextPretrainingConfig config, MimicTexts texts, BertModel model)
    {
        (this.config, this.texts, this.model) = (config, texts, model);
        using (var generator = new Generator((ulong)config.Seed + 1)) head = new MaskedLanguageHead(model.Config, generator);
        Parameters =
        [
            .. model.named_parameters().Where(parameter => !parameter.name.StartsWith("pooler.", StringComparison.Ordinal)).Select(parameter => Trained(parameter.name, parameter.parameter)),
            .. head.named_parameters().Select(parameter => Trained("head." + parameter.name, parameter.parameter)),
        ];
    }

    public string Name => "Reading Mimic's transcripts";

    public string Recipe => config.ToString();

    public IReadOnlyList<TrainedParameter> Parameters { get; }

    public int Items => texts.Texts.Count;

    public IReadOnlyList<int>? Classes => null;

    public bool DrawsFromTorch => false;

    public string ItemName(int item) => $"'{texts.Texts[item]}'";

    public void SetTraining(bool training) => model.train(training);

    public IReadOnlyDictionary<string, double>? Validate() => null;

    public StepLoss Loss(IReadOnlyList<int> items, TrainingStep step)
    {
        var tokenizer = model.Tokenizer!;
        var (lists, rows, places, wanted) = (new List<TokenList>(), new List<int>(), new List<int>(), new List<long>());
        foreach (var item in items)
        {
            var list = Encode(item);
            int[] ids = [.. list.Ids];
            var (chosen, original) = TokenMasking.Apply(ids, list.IsSpecial, config.MaskShare, tokenizer, step.Random);
            rows.AddRange(chosen.Select(_ => lists.Count));
            places.AddRange(chosen);
            wanted.AddRange(original.Select(id => (long)id));
            lists.Add(list with { Ids = ids });
        }
        if (config.PairWeight > 0) lists.AddRange(items.Select(item => Encode(texts.Partner(item, step.Random))));
        using var batch = new TokenBatch(lists, tokenizer.PadId);
        var device = model.WordWeight.device;
        var states = model.call(batch.Ids.to(device), batch.Mask.to(device), batch.Types.to(device));
        var last = states.Layers[^1];
        var width = last.shape[1];
        var hidden = tensor([.. rows.Zip(places, (row, place) => (row * width) + place)], dtype: ScalarType.Int64, device: device);
        var logits = head.call(last.reshape(-1, model.HiddenSize).index_select(0, hidden), model.WordWeight);
        var target = tensor(wanted, dtype: ScalarType.Int64, device: device);
        var named = F.cross_entropy(logits, target);
        var parts = new Dictionary<string, double>
        {
            ["masked"] = named.ToDouble(),
            ["named_right"] = logits.argmax(1).eq(target).to(ScalarType.Float32).mean().ToDouble(),
        };
        if (config.PairWeight == 0) return new StepLoss(named) { Parts = parts };
        using var text = new TextStates([last.alias()], batch.Mask.to(device), batch.TextMask.to(device));
        var pooled = text.MeanOverText(last);
        var (pairs, right) = MoodPairs.Loss(
            pooled.narrow(0, 0, items.Count), pooled.narrow(0, items.Count, items.Count), [.. items.Select(item => texts.Moods[item])], config.Temperature);
        parts["pairs"] = pairs.ToDouble();
        parts["pairs_right"] = right;
        return new StepLoss(named + (pairs * config.PairWeight)) { Parts = parts };
    }

    public void Dispose() => head.Dispose();

    private TokenList Encode(int item) => model.Tokenizer!.Encode(texts.Texts[item], maxLength: model.Config.MaxTokens);

    // As in BERT: biases and norms are not pulled towards 0.
    private static TrainedParameter Trained(string name, TorchSharp.Modules.Parameter parameter)
    {
        parameter.requires_grad = true;
        return new TrainedParameter(name, parameter) { Decays = parameter.dim() > 1 };
    }
}
