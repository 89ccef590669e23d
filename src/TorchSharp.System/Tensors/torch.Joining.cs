using TorchSharp.Interop;

namespace TorchSharp;

// Functions of several tensors: joining, choosing, grids, sums of products.
public static partial class torch
{
    /// <summary>How the quotient of a division becomes whole.</summary>
    public enum RoundingMode { None, trunc, floor }

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat(All(tensors), dim);
    public static Tensor cat(Tensor[] tensors, long dim = 0) =>
        // As in TorchSharp, one tensor alone is not copied.
        tensors.Length == 1 ? tensors[0].alias() : Aten.cat.Call(Arg.List(tensors), dim);
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);
    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => cat(tensors, axis);
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Aten.stack.Call(Arg.List(All(tensors)), dim);
    public static Tensor hstack(params Tensor[] tensors) => Aten.hstack.Call(Arg.List(tensors));
    public static Tensor hstack(IList<Tensor> tensors) => Aten.hstack.Call(Arg.List(All(tensors)));
    public static Tensor vstack(Tensor[] tensors) => Aten.vstack.Call(Arg.List(tensors));
    public static Tensor vstack(IList<Tensor> tensors) => Aten.vstack.Call(Arg.List(All(tensors)));
    public static Tensor dstack(params Tensor[] tensors) => Aten.dstack.Call(Arg.List(tensors));
    public static Tensor dstack(IList<Tensor> tensors) => Aten.dstack.Call(Arg.List(All(tensors)));
    public static Tensor column_stack(params Tensor[] tensors) => Aten.column_stack.Call(Arg.List(tensors));
    public static Tensor row_stack(params Tensor[] tensors) => Aten.row_stack.Call(Arg.List(tensors));
    public static Tensor block_diag(params Tensor[] tensors) => Aten.block_diag.Call(Arg.List(tensors));
    public static Tensor cartesian_prod(params Tensor[] tensors) => Aten.cartesian_prod.Call(Arg.List(tensors));
    public static Tensor combinations(Tensor input, int r = 2, bool with_replacement = false) => Aten.combinations.Call(input, r, with_replacement);
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") => Aten.meshgrid_indexing.CallList(Arg.List(All(tensors)), indexing);
    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Aten.broadcast_tensors.CallList(Arg.List(tensors));
    public static Tensor einsum(string equation, params Tensor[] tensors) => Aten.einsum.Call(equation, Arg.List(tensors));
    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0L) => tensor.split(split_size_or_sections, dim);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Aten.where_self.Call(condition, x, y);
    public static Tensor[] where(Tensor condition) => Aten.where.CallList(condition);
    public static Tensor gather(Tensor input, long dim, Tensor index, bool sparse_grad) => Aten.gather.Call(input, dim, index, sparse_grad);
    public static Tensor movedim(Tensor input, long source, long destination) => input.movedim([source], [destination]);
    public static Tensor moveaxis(Tensor input, long source, long destination) => input.movedim([source], [destination]);

    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null) =>
        Aten.searchsorted_Tensor.Call(sorted_sequence, values, out_int32, right, Arg.None, sorter);

    public static Tensor searchsorted(Tensor sorted_sequence, Scalar values, bool out_int32, bool right, Tensor? sorter) =>
        Aten.searchsorted_Scalar.Call(sorted_sequence, values, out_int32, right, Arg.None, sorter);

    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
    public static Tensor norm(Tensor input) => input.norm();
    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2.0) => Aten.cdist.Call(x1, x2, p);
    public static Tensor real(Tensor input) => input.real;
    public static Tensor imag(Tensor input) => input.imag;
    public static long numel(Tensor input) => input.numel();
    public static ScalarType promote_types(ScalarType type1, ScalarType type2) => (ScalarType)Aten.promote_types.CallInt(type1, type2);
    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) => (ScalarType)Aten.result_type_Tensor.CallInt(tensor1, tensor2);
    public static bool can_cast(ScalarType from, ScalarType to) => Aten.can_cast.CallBool(from, to);
    public static Tensor trapezoid(Tensor y, Tensor x, long dim = -1) => Aten.trapezoid_x.Call(y, x, dim);
    public static Tensor trapezoid(Tensor y, double dx = 1, long dim = -1) => Aten.trapezoid_dx.Call(y, dx, dim);
    public static Tensor chain_matmul(params Tensor[] matrices) => linalg.multi_dot(matrices);

    internal static Tensor[] All(IEnumerable<Tensor> tensors) => tensors as Tensor[] ?? [.. tensors];
}
