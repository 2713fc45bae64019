import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `questions`. */
export class QuestionRow extends Model<InferAttributes<QuestionRow>, InferCreationAttributes<QuestionRow>> {
  declare id: string;
  declare conflictId: string;
  declare userId: string;
  declare userName: string;
  declare text: string;
  declare until: Date | null;
  declare createdAt: CreationOptional<Date>;
  declare askedAt: Date | null;

  static define(db: Sequelize): void {
    const cascading = { onDelete: 'CASCADE', onUpdate: 'NO ACTION' } as const;
    QuestionRow.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        conflictId: {
          ...{ type: DataTypes.BIGINT, allowNull: false },
          ...{ references: { model: 'conflicts', key: 'id' }, ...cascading },
        },
        userId: {
          ...{ type: DataTypes.UUID, allowNull: false },
          ...{ references: { model: 'users', key: 'id' }, ...cascading },
        },
        userName: { type: DataTypes.TEXT, allowNull: false },
        text: { type: DataTypes.TEXT, allowNull: false },
        until: { type: DataTypes.DATE(6) },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        askedAt: { type: DataTypes.DATE(6) },
      },
      { sequelize: db, tableName: 'questions', modelName: 'questions' },
    );
  }
}
