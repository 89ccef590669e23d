using System.Globalization;

namespace DeepKeras.Callbacks;

/// <summary>The learning rates of a model's optimizer by their names in the logs.</summary>
internal static class LearningRates
{
    /// <summary><c>learning_rate</c>, or for a <see cref="MultiOptimizer"/> <c>learning_rate_adam</c>, <c>learning_rate_sgd</c> …; a second one of the same name gets a number.</summary>
    public static IReadOnlyList<(string Key, Optimizer Optimizer)> Of(Optimizer optimizer)
    {
        if (optimizer is not MultiOptimizer multi) return [("learning_rate", optimizer)];
        var named = new List<(string Key, Optimizer Optimizer)>();
        foreach (var part in multi.Optimizers)
        {
            var name = $"learning_rate_{part.Name}";
            var key = name;
            for (var n = 1; named.Exists(e => e.Key == key); n++) key = string.Create(CultureInfo.InvariantCulture, $"{name}_{n}");
            named.Add((key, part));
        }
        return named;
    }

    /// <summary>Writes the rates into the logs.</summary>
    public static void Log(Optimizer optimizer, Logs logs)
    {
        foreach (var (key, part) in Of(optimizer)) logs[key] = part.CurrentLearningRate;
    }

    /// <summary>Refuses rates that schedules decide.</summary>
    public static void CheckFixed(Callback callback, Optimizer? optimizer)
    {
        foreach (var part in optimizer?.Parts ?? [])
        {
            if (part.LearningRate.Schedule is { } schedule) throw Throw.CallbackNeedsFixedRate(callback, schedule);
        }
    }

    /// <summary>What a message calls the rate of an optimizer.</summary>
    public static string Noun(Optimizer model, Optimizer part) => ReferenceEquals(model, part) ? "learning rate" : $"{part.Name} learning rate";
}
