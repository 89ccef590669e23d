using System.Globalization;
using DeepKeras.Training;

namespace DeepKeras.Callbacks;

/// <summary>The callbacks of one run in order. Hooks that nobody overrides cost nothing per batch.</summary>
internal sealed class CallbackList
{
    private readonly Callback[] _all;
    private readonly Callback[] _trainBatchBegin;
    private readonly Callback[] _trainBatchEnd;
    private readonly Callback[] _testBatchBegin;
    private readonly Callback[] _testBatchEnd;
    private readonly Callback[] _predictBatchBegin;
    private readonly Callback[] _predictBatchEnd;

    public CallbackList(Model model, RunInfo run, IEnumerable<Callback> callbacks)
    {
        _all = [.. callbacks];
        foreach (var callback in _all) (callback.Model, callback.Run) = (model, run);
        _trainBatchBegin = Overriding(nameof(Callback.OnTrainBatchBegin));
        _trainBatchEnd = Overriding(nameof(Callback.OnTrainBatchEnd));
        _testBatchBegin = Overriding(nameof(Callback.OnTestBatchBegin));
        _testBatchEnd = Overriding(nameof(Callback.OnTestBatchEnd));
        _predictBatchBegin = Overriding(nameof(Callback.OnPredictBatchBegin));
        _predictBatchEnd = Overriding(nameof(Callback.OnPredictBatchEnd));
    }

    /// <summary>Every callback with the name of its class; the second of a class gets a number.</summary>
    public IEnumerable<(string Name, Callback Callback)> Named()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var callback in _all)
        {
            var name = callback.GetType().Name;
            var number = counts[name] = counts.GetValueOrDefault(name) + 1;
            yield return (number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}_{number - 1}"), callback);
        }
    }

    public void TrainBegin() => ForEach(c => c.OnTrainBegin(new Logs()));

    public void TrainEnd(Logs logs) => ForEach(c => c.OnTrainEnd(logs));

    public void EpochBegin(int epoch) => ForEach(c => c.OnEpochBegin(epoch, new Logs()));

    public void EpochEnd(int epoch, Logs logs) => ForEach(c => c.OnEpochEnd(epoch, logs));

    public void TestBegin() => ForEach(c => c.OnTestBegin(new Logs()));

    public void TestEnd(Logs logs) => ForEach(c => c.OnTestEnd(logs));

    public void PredictBegin() => ForEach(c => c.OnPredictBegin(new Logs()));

    public void PredictEnd() => ForEach(c => c.OnPredictEnd(new Logs()));

    public void TrainBatchBegin(int batch)
    {
        foreach (var callback in _trainBatchBegin) callback.OnTrainBatchBegin(batch, new Logs());
    }

    public void TrainBatchEnd(int batch, Compiled compiled)
    {
        if (_trainBatchEnd.Length == 0) return;
        var logs = new Logs(() => compiled.Read());
        foreach (var callback in _trainBatchEnd) callback.OnTrainBatchEnd(batch, logs);
    }

    public void TestBatchBegin(int batch)
    {
        foreach (var callback in _testBatchBegin) callback.OnTestBatchBegin(batch, new Logs());
    }

    public void TestBatchEnd(int batch, Compiled compiled)
    {
        if (_testBatchEnd.Length == 0) return;
        var logs = new Logs(() => compiled.Read());
        foreach (var callback in _testBatchEnd) callback.OnTestBatchEnd(batch, logs);
    }

    public void PredictBatchBegin(int batch)
    {
        foreach (var callback in _predictBatchBegin) callback.OnPredictBatchBegin(batch, new Logs());
    }

    public void PredictBatchEnd(int batch)
    {
        foreach (var callback in _predictBatchEnd) callback.OnPredictBatchEnd(batch, new Logs());
    }

    private void ForEach(Action<Callback> hook)
    {
        foreach (var callback in _all) hook(callback);
    }

    private Callback[] Overriding(string hook) => [.. _all.Where(c => c.GetType().GetMethod(hook)!.DeclaringType != typeof(Callback))];
}
