using DeepKeras.Callbacks;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Callbacks.Fixtures;

/// <summary>Calls a callback's hooks as Fit does, with figures that the test gives, and keeps what it writes.</summary>
internal sealed class FakeRun
{
    private readonly StringWriter _text = new();
    private readonly Callback _callback;

    public FakeRun(Callback callback, int epochs = 100, int? steps = 10, int validationFrequency = 1, Optimizer? optimizer = null, bool isTerminal = false, int verbose = 1)
    {
        Model = [Dense(1, inputShape: 2)];
        Model.Compile(optimizer ?? new SGD(1.0), loss: "mse", metrics: ["accuracy"]);
        _callback = callback;
        callback.Model = Model;
        callback.Run = new RunInfo(epochs, steps, verbose, validationFrequency == 0 ? null : validationFrequency) { Output = new ProgressOutput(_text, isTerminal) };
    }

    public Sequential Model { get; }

    /// <summary>What was written.</summary>
    public string Text => _text.ToString().Replace(Environment.NewLine, "\n", StringComparison.Ordinal);

    /// <summary>What each epoch handed to the history.</summary>
    public List<Logs> Recorded { get; } = [];

    /// <summary>Runs one epoch per value, until the callback stops training; says how many epochs ran.</summary>
    public int Epochs(string key, params double?[] values)
    {
        Model.StopTraining = false;
        _callback.OnTrainBegin(new Logs());
        var epoch = 0;
        for (; epoch < values.Length && !Model.StopTraining; epoch++)
        {
            _callback.OnEpochBegin(epoch, new Logs());
            // The weights tell the epoch, so that a restored model can be recognised.
            foreach (var weight in Model.Weights) weight.Assign(torch.full_like(weight.View(), epoch));
            var logs = new Logs { ["loss"] = 1 };
            if (values[epoch] is { } value) logs[key] = value;
            _callback.OnEpochEnd(epoch, logs);
            Recorded.Add(logs);
        }
        _callback.OnTrainEnd(new Logs());
        return epoch;
    }

    /// <summary>The epoch whose weights the model has now.</summary>
    public double EpochOfWeights => Numbers(Model.Weights[0].View())[0];
}
