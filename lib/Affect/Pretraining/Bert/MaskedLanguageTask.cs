namespace Affect.Pretraining.Bert;

/// <summary>Masked language modelling: hidden words are named from those around them. Texts are all that it knows.</summary>
internal sealed class MaskedLanguageTask : ITrainingTask, IDisposable
{
    private readonly TextPretrainingConfig config;
    private readonly MimicTexts texts;
    private readonly BertModel model;
    private readonly MaskedLanguageHead head;
    private readonly WordTokens[] tokens;

    internal MaskedLanguageTask(TextPretrainingConfig config, MimicTexts texts, BertModel model)
    {
        (this.config, this.texts, this.model) = (config, texts, model);
        var different = texts.Texts.Distinct(StringComparer.Ordinal).ToDictionary(text => text, text => WordTokens.Of(model.Tokenizer!, text, model.Config.MaxTokens), StringComparer.Ordinal);
        tokens = [.. texts.Texts.Select(text => different[text])];
        using (var generator = new Generator((ulong)config.Seed + 1)) head = new MaskedLanguageHead(model.Config, generator);
        Parameters =
        [
            .. TrainedParameter.Of(model).Where(parameter => !parameter.Name.StartsWith("pooler.", StringComparison.Ordinal)),
            .. TrainedParameter.Of(head, "head."),
        ];
    }

    public string Name => "Reading Mimic's sentences";

    public string Recipe => $"{config} texts={texts.Digest}";

    public IReadOnlyList<TrainedParameter> Parameters { get; }

    public int Items => texts.Texts.Count;

    public string ItemName(int item) => $"'{texts.Texts[item]}'";

    public void SetTraining(bool training) => model.train(training);

    public StepLoss Loss(IReadOnlyList<int> items, TrainingStep step)
    {
        var tokenizer = model.Tokenizer!;
        var (lists, rows, places, wanted) = (new List<TokenList>(), new List<int>(), new List<int>(), new List<long>());
        // To be told apart from other texts, each is there twice, and both are read.
        for (var view = 0; view < (config.ContrastWeight > 0 ? 2 : 1); view++)
        {
            foreach (var item in items)
            {
                int[] ids = [.. tokens[item].List.Ids];
                var (chosen, original) = WordMasking.Apply(ids, tokens[item].Words, config.MaskShare, tokenizer, step.Random);
                rows.AddRange(chosen.Select(_ => lists.Count));
                places.AddRange(chosen);
                wanted.AddRange(original.Select(id => (long)id));
                lists.Add(tokens[item].List with { Ids = ids });
            }
        }
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
        if (config.ContrastWeight == 0) return new StepLoss(named) { Parts = parts };
        using var text = new TextStates([last.alias()], batch.Mask.to(device), batch.TextMask.to(device));
        var pooled = text.MeanOverText(last);
        var (contrast, right) = ViewContrast.Loss(
            pooled.narrow(0, 0, items.Count), pooled.narrow(0, items.Count, items.Count), [.. items.Select(item => texts.Texts[item])], config.Temperature);
        parts["contrast"] = contrast.ToDouble();
        parts["found_itself"] = right;
        return new StepLoss(named + (contrast * config.ContrastWeight)) { Parts = parts };
    }

    public void Dispose() => head.Dispose();
}
