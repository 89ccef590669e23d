using DeepKeras.Data;
using DeepKeras.Training;

namespace DeepKeras;

/// <content>The step of optimizers that compute the loss several times.</content>
public partial class Model
{
    private void SecondOrderStep(Batch batch, SecondOrderOptimizer optimizer)
    {
        var compiled = Compiled!;
        var repeated = new RepeatedForward(this);
        var tracked = false;
        if (optimizer is LevenbergMarquardt squares)
        {
            compiled.CheckSquares(squares);
            squares.Step(() => Once(predictions => compiled.ComputeSquares(batch, predictions, _side)));
        }
        else
        {
            optimizer.Minimize(() => Once(predictions => ComputeLoss(batch, predictions)));
        }
        repeated.End();

        T Once<T>(Func<IReadOnlyList<Tensor>, T> measure)
        {
            using var noise = repeated.Begin();
            var predictions = Forward(batch, training: true);
            if (!tracked) Track(batch, predictions, ComputeLoss(batch, predictions));
            // Only the first evaluation is the batch's; the others are trials.
            tracked = compiled.IsTrial = true;
            try
            {
                return measure(predictions);
            }
            finally
            {
                compiled.IsTrial = false;
            }
        }
    }
}
